import type { CommandIn } from '#components/keyboard/commands.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import type { ReportAct } from '#server/reports/rules/policy.ts'
import type { FormValues } from './forms.ts'
import { type DialogName, isDoneAtOnce, type ReportActionName } from './move-names.ts'

/** The row commands that change a report. */
export type RowCommand = Exclude<CommandIn<'row'>, 'row.move' | 'row.deadline' | 'row.watch' | 'row.putOff'>

export type RowChoice =
  | { open: DialogName }
  | { run: ReportActionName; values: FormValues; names: Record<string, string> }
  | { refuse: string }

type Subject = Pick<ReportView, 'moves' | 'acts' | 'endedActs' | 'assignee' | 'findings'>

/** What a key means for this report and this user; what cannot be done says why. */
export function rowChoice(command: RowCommand, report: Subject, myself: { id: string; name: string }): RowChoice {
  switch (command) {
    case 'row.takeOrRelease':
      return takeOrRelease(report, myself)
    case 'row.assign':
      return move(report, 'assign', 'assign_person')
    case 'row.merge':
      return move(report, 'merge')
    case 'row.reject':
      return move(report, 'reject')
    case 'row.approve':
      return can(report, 'approve') && isDoneAtOnce(report, 'approve')
        ? { run: 'approve', values: {}, names: {} }
        : move(report, 'approve')
    case 'row.sendBack':
      return move(report, 'send_back')
    case 'row.transfer':
      return move(report, 'transfer', 'request_transfer')
    case 'row.severity':
      return act(report, 'change_severity')
    case 'row.category':
      return act(report, 'change_category')
    case 'row.tags':
      return act(report, 'change_tags')
    case 'row.incident':
      return act(report, 'link_incident')
  }
}

const can = (report: Subject, name: ReportMove) =>
  report.moves.some((offered) => offered.move === name && offered.refusalReason === null)

function takeOrRelease(report: Subject, myself: { id: string; name: string }): RowChoice {
  if (can(report, 'accept')) return { run: 'accept', values: { assignToMe: true }, names: {} }
  if (!can(report, 'assign_person')) return move(report, 'assign_person')
  const accountId = report.assignee?.id === myself.id ? null : myself.id
  return { run: 'assign_person', values: { accountId }, names: { accountId: myself.name } }
}

function move(report: Subject, ...names: (ReportMove & DialogName)[]): RowChoice {
  const possible = names.find((name) => can(report, name))
  return possible ? { open: possible } : refusal(report, ...names)
}

function refusal(report: Subject, ...names: ReportMove[]): RowChoice {
  const refusalReasons = report.moves.filter((offered) => names.includes(offered.move))
  return { refuse: refusalReasons[0]?.refusalReason ?? 'forbidden' }
}

/** The refusal reason of an act, as the server gave it. */
export function refusalReasonForAct({ acts, endedActs }: Pick<ReportView, 'acts' | 'endedActs'>, name: string) {
  const has = (list: readonly string[]) => list.includes(name)
  return has(acts) ? null : has(endedActs) ? 'wrong_state' : 'forbidden'
}

function act(report: Subject, name: ReportAct & DialogName): RowChoice {
  const refusalReason = refusalReasonForAct(report, name)
  return refusalReason ? { refuse: refusalReason } : { open: name }
}
