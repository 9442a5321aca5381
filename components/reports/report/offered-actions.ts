import type { ReportActionName } from '#components/reports/moves/move-names.ts'
import { isDialog, isDirect } from '#components/reports/moves/move-names.ts'
import type { ReportMove, ReportState } from '#server/reports/rules/lifecycle.ts'
import type { OfferedMove, ReportAct } from '#server/reports/rules/policy.ts'

/** Answers and follow-ups are written in the composer; every other action has a dialog or is done at once. */
export type ActionName = ReportActionName | 'answer' | 'follow_up'
export type OfferedAction = { name: ActionName; refusalReason: string | null }

/** What a state is waiting for comes first. */
const urgency: Record<ReportState, readonly ReportMove[]> = {
  awaiting_intake: ['assign', 'reject', 'ask_citizen', 'merge'],
  awaiting_acceptance: ['accept', 'return', 'transfer', 'request_transfer'],
  in_progress: ['submit_answer', 'answer', 'assign_person', 'resume', 'ask_citizen', 'return', 'request_extension'],
  awaiting_citizen: ['citizen_replied'],
  awaiting_approval: ['approve', 'send_back'],
  answered: ['withdraw_answer', 'rate', 'reopen', 'follow_up', 'request_follow_up'],
  closed: ['reopen', 'rate', 'follow_up', 'request_follow_up'],
  rejected: ['withdraw_answer'],
  merged: ['unmerge'],
}

const acts = [
  'add_information',
  'change_category',
  'change_severity',
  'change_place',
  'change_tags',
  'link_incident',
  'split_report',
] as const satisfies readonly ReportAct[]

type Subject = { state: ReportState; moves: readonly OfferedMove[]; acts: readonly ReportAct[] }

export type ActionPlan = {
  /** As buttons. */
  front: OfferedAction[]
  /** The first of them, if it is what the state waits for: a merge, say, is always possible but never expected. */
  main: ActionName | null
  /** In the menu: what else can be done now, what changes the report, and what cannot be done now and why. */
  now: OfferedAction[]
  record: OfferedAction[]
  notNow: OfferedAction[]
}

const mostInFront = 3

/**
 * The actions of the report, sorted for the screen: the server has decided what is possible, this only decides where it
 * is shown.
 */
export function planActions({ state, moves, acts: allowed }: Subject): ActionPlan {
  const order = urgency[state]
  const rank = (move: ReportMove) => (order.includes(move) ? order.indexOf(move) : order.length)
  const offered = [...moves].sort((a, b) => rank(a.move) - rank(b.move)).flatMap(actionFor)
  const possible = offered.filter(({ refusalReason }) => refusalReason === null)
  const front = possible.slice(0, mostInFront)
  const first = front[0]?.name
  return {
    front,
    main: first && (order as readonly string[]).includes(first) ? first : null,
    now: possible.slice(mostInFront),
    record: acts.filter((act) => allowed.includes(act)).map((name) => ({ name, refusalReason: null })),
    notNow: offered.filter(({ refusalReason }) => refusalReason !== null),
  }
}

/**
 * Both ways to answer are one action: the category decides which of them it is. An answer that only a colleague may
 * give opens the box all the same: there the user can take it over.
 */
function actionFor({ move, refusalReason: found }: OfferedMove): OfferedAction[] {
  const refusalReason = found === 'not_assignee' ? null : found
  if (move === 'submit_answer') return refusalReason === 'no_approval_needed' ? [] : [{ name: 'answer', refusalReason }]
  if (move === 'answer') return refusalReason === null ? [{ name: 'answer', refusalReason }] : []
  if (move === 'follow_up' || move === 'request_follow_up') {
    const isOther = ['approval_needed', 'no_approval_needed', 'wrong_state'].includes(refusalReason ?? '')
    return isOther ? [] : [{ name: 'follow_up', refusalReason }]
  }
  return isDialog(move) || isDirect(move) ? [{ name: move, refusalReason }] : []
}

/** The name of an action: moves by their move, acts by their verb. */
export const isMoveName = (name: ActionName): name is Exclude<ActionName, (typeof acts)[number]> =>
  !(acts as readonly string[]).includes(name)
