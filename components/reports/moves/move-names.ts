import type { ReportView } from '#server/reports/queries/report.ts'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import type { ReportAct } from '#server/reports/rules/policy.ts'
import { needsSecondLook } from '#server/reports/rules/second-look.ts'

/** Actions with a dialog: moves, and the acts that change something of the report. */
export const dialogNames = [
  'assign',
  'reject',
  'ask_citizen',
  'citizen_replied',
  'merge',
  'unmerge',
  'return',
  'transfer',
  'request_transfer',
  'assign_person',
  'request_extension',
  'request_pause',
  'resume',
  'approve',
  'send_back',
  'rate',
  'reopen',
  'add_information',
  'change_category',
  'change_severity',
  'change_place',
  'change_tags',
  'link_incident',
  'split_report',
] as const satisfies readonly (ReportMove | ReportAct)[]
export type DialogName = (typeof dialogNames)[number]

/**
 * Actions without a dialog: done at once, and reversible or harmless. An answer with gaps is asked about all the same.
 */
export const directNames = ['accept', 'approve', 'withdraw_answer'] as const satisfies readonly ReportMove[]
export type DirectName = (typeof directNames)[number]

/** The input of an action without a dialog: a user who accepts a report manually becomes its assignee. */
export const directValues = (name: DirectName) => (name === 'accept' ? { assignToMe: true } : {})

export type ReportActionName = DialogName | DirectName

export const isDialog = (name: string): name is DialogName => (dialogNames as readonly string[]).includes(name)
export const isDirect = (name: string): name is DirectName => (directNames as readonly string[]).includes(name)

/** Whether the action is done to this report without a dialog. */
export const isDoneAtOnce = ({ findings }: Pick<ReportView, 'findings'>, name: string): name is DirectName =>
  isDirect(name) && !(name === 'approve' && needsSecondLook(findings))
