import { type Actor, holds, isReporter, type Role } from '#server/accounts/rules/actor.ts'
import { type Behind, bestCapacity, shareAPerson } from '#server/accounts/rules/substitution.ts'
import {
  hasEnded,
  makersOf,
  moveRules,
  type ReportMove,
  type ReportState,
  type RequestKind,
  reportMoves,
} from './lifecycle.ts'
import { type Answerable, isAnothersToAnswer } from './only-assignee.ts'
import type { AnswerStatus } from './parts.ts'
import { isSplittable } from './split.ts'

/** What the policy must know of a report. */
export type Subject = Answerable & {
  state: ReportState
  stateBefore: ReportState | null
  agencyId: string | null
  pausedAt: Date | null
  needsApproval: boolean
  /** The answer that is in progress or was given last. */
  answer: {
    authorId: string
    authorFor?: string | null
    status: AnswerStatus
    isFollowUp?: boolean
    sendAt: Date | null
  } | null
  /** Who wrote the latest answer that the citizen was sent: the one that is rated. */
  sentBy: Behind | null
  /** The author is the only account of the agency and the city allows that. */
  soleAccount: boolean
  /** The one account of the agency that takes in, handles or approves; null where there are several, or none. */
  onlyAccountId: string | null
  pendingRequests: readonly RequestKind[]
  /** An answer, or its approval, waits for its time. */
  isScheduled: boolean
  answeredAt: Date | null
  closedAt: Date | null
  /** When it was merged, and whether its reporter has since been answered together with the canonical report. */
  mergedAt: Date | null
  answeredSinceMerge: boolean
  /** Who made the last decision that can be taken back, and until when. */
  decidedById: string | null
  releasedAt: Date | null
}

/** The latest merge of a merged report; `innerBefore` is the state that the report itself would have returned to. */
export type MergeFact = { at: string; stateBefore: ReportState; innerBefore: ReportState | null; answered: boolean }

export type Windows = { undoSeconds: number; ratingWindowDays: number; reopenWindowDays: number }

const day = 86_400_000
export const unmergeHours = 24

/** Until when a merge, or a link, can be undone. */
export const unmergeUntil = (mergedAt: Date): Date => new Date(mergedAt.getTime() + unmergeHours * 3_600_000)

/** Whether the actor holds a role that makes this move over the report's agency. Does not check its state. */
export function mayMove(
  actor: Actor,
  move: ReportMove,
  report: Pick<Subject, 'state' | 'agencyId'> & Partial<Pick<Subject, 'decidedById'>>,
): boolean {
  if (actor.kind === 'robot') return moveRules[move].by.includes('robot')
  const makers = moveRules[move].from.includes(report.state) ? makersOf(move, report.state) : moveRules[move].by
  return makers.some((maker) => {
    if (maker === 'decider') return actor.id !== null && actor.id === report.decidedById
    if (maker === 'reporter') return isReporter(actor)
    return maker !== 'robot' && holds(actor, maker, report.agencyId)
  })
}

/** The refusal reason of the move for this actor now, as a code for the screen; null where it is possible. */
export function refusalReasonTo(
  actor: Actor,
  move: ReportMove,
  report: Subject,
  now: Date,
  windows: Windows,
): string | null {
  if (!mayMove(actor, move, report)) return 'forbidden'
  if (!moveRules[move].from.includes(report.state)) return 'wrong_state'
  switch (move) {
    case 'approve':
      return refusalReasonForApproving(actor, report)
    case 'schedule_approval':
      return report.isScheduled ? 'already_scheduled' : refusalReasonForApproving(actor, report)
    case 'schedule_answer':
      if (report.needsApproval) return 'approval_needed'
      return report.isScheduled ? 'already_scheduled' : refusalReasonForAnswering(actor, report)
    case 'reschedule_answer':
      if (!report.isScheduled) return 'nothing_scheduled'
      return report.state === 'awaiting_approval'
        ? refusalReasonForApproving(actor, report)
        : refusalReasonForAnswering(actor, report)
    case 'unschedule_answer':
      return report.isScheduled ? null : 'nothing_scheduled'
    case 'submit_answer':
      return report.needsApproval ? refusalReasonForAnswering(actor, report) : 'no_approval_needed'
    case 'answer':
      return report.needsApproval ? 'approval_needed' : refusalReasonForAnswering(actor, report)
    case 'follow_up':
      return report.needsApproval ? 'approval_needed' : refusalReasonForFollowUp(report)
    case 'request_follow_up':
      if (!report.needsApproval) return 'no_approval_needed'
      return report.pendingRequests.includes('follow_up') ? 'request_pending' : refusalReasonForFollowUp(report)
    case 'withdraw_answer': {
      const until = withdrawableUntil(report, windows)
      return until && now < until ? null : 'answer_left'
    }
    case 'request_transfer':
      return report.pendingRequests.includes('transfer') ? 'request_pending' : null
    case 'request_extension':
      if (report.pausedAt) return 'clock_paused'
      return report.pendingRequests.includes('extension') ? 'request_pending' : null
    case 'request_pause':
      if (report.pausedAt) return 'clock_paused'
      return report.pendingRequests.includes('pause') ? 'request_pending' : null
    case 'resume':
      return report.pausedAt ? null : 'clock_runs'
    case 'unmerge':
      if (report.answeredSinceMerge) return 'reporter_answered'
      return report.mergedAt && now <= unmergeUntil(report.mergedAt) ? null : 'window_passed'
    case 'rate':
      if (report.answer?.status === 'queued') return 'answer_leaving'
      if (!within(report.answeredAt, now, windows.ratingWindowDays)) return 'window_passed'
      return refusalReasonForRating(actor, report)
    case 'reopen':
      if (report.answer?.status === 'queued') return 'answer_leaving'
      return within(report.closedAt ?? report.answeredAt, now, windows.reopenWindowDays) ? null : 'window_passed'
    case 'take_back':
      return report.releasedAt && now < report.releasedAt ? null : 'undo_too_late'
    case 'close':
      return within(report.answeredAt, now, windows.ratingWindowDays) ? 'window_open' : null
    default:
      return null
  }
}

const refusalReasonForApproving = (actor: Actor, { answer, soleAccount }: Subject) =>
  answer && isOwnWork(authorOf(answer), actor, soleAccount) ? 'own_answer' : null

const refusalReasonForAnswering = (actor: Actor, report: Answerable) =>
  isAnothersToAnswer(actor, report) ? 'not_assignee' : null

/** Until an answer is sent it can be withdrawn: there is nothing to follow up yet. */
const refusalReasonForFollowUp = ({ answer }: Subject) => (answer?.status === 'queued' ? 'answer_leaving' : null)

/**
 * What the citizen says of an answer is recorded by intake staff, and in an agency of a single account by that account;
 * never by whoever wrote the answer where there is someone else.
 */
function refusalReasonForRating(actor: Actor, { sentBy, agencyId, onlyAccountId }: Subject) {
  if (isReporter(actor)) return null
  const isAlone = onlyAccountId !== null && shareAPerson({ id: onlyAccountId }, actor)
  if (sentBy && isOwnWork(sentBy, actor, isAlone)) return 'own_rating'
  return isAlone || holds(actor, 'dispatcher', agencyId) ? null : 'rated_at_intake'
}

/** When the answer is sent. A rejection without one, as of spam, can be withdrawn for as long as if it had one. */
function withdrawableUntil({ state, answer, answeredAt }: Subject, windows: Windows): Date | null {
  // A follow-up is taken back by itself: the answer that it follows was sent.
  if (answer?.status === 'queued') return answer.isFollowUp ? null : answer.sendAt
  if (state !== 'rejected' || !answeredAt) return null
  const hasLeft = answer?.sendAt && answer.sendAt >= answeredAt
  return hasLeft ? null : new Date(answeredAt.getTime() + windows.undoSeconds * 1000)
}

/** A link can be undone under the conditions of a merge. */
export function refusalReasonForUnlink(
  link: { at: Date; answered: boolean } | null,
  now: Date,
): 'reporter_answered' | 'window_passed' | null {
  if (link?.answered) return 'reporter_answered'
  return link && now <= unmergeUntil(link.at) ? null : 'window_passed'
}

export const authorOf = (answer: { authorId: string; authorFor?: string | null }): Behind => ({
  id: answer.authorId,
  onBehalfOf: answer.authorFor,
})

/**
 * Whether the maker of this work and its judge share a person, under their own name or as a substitute. Being the
 * single account of the agency excuses it only where no substitute is involved.
 */
export function isOwnWork(maker: Behind, judge: Behind, soleAccount: boolean): boolean {
  const excused = soleAccount && !maker.onBehalfOf && !judge.onBehalfOf
  return shareAPerson(maker, judge) && !excused
}

/** The capacity in which the actor may grant or refuse a request, and the refusal reason. */
export function capacityToDecide(
  actor: Actor,
  asker: Behind,
  report: { agencyId: string | null; soleAccount: boolean },
) {
  return bestCapacity(actor, (capacity) => {
    if (!mayAct(capacity, 'decide_request', report.agencyId)) return 'forbidden'
    return isOwnWork(asker, capacity, report.soleAccount) ? 'own_request' : null
  })
}

function within(since: Date | null, now: Date, days: number): boolean {
  return since !== null && now.getTime() - since.getTime() <= days * day
}

export type OfferedMove = { move: ReportMove; refusalReason: string | null }

/** The moves that this actor's roles make from any state, each with its refusal reason now. */
export function offeredMoves(actor: Actor, report: Subject, now: Date, windows: Windows): OfferedMove[] {
  return reportMoves
    .map((move) => ({
      move,
      refusalReason: bestCapacity(actor, (capacity) => refusalReasonTo(capacity, move, report, now, windows))
        .refusalReason,
    }))
    .filter(({ refusalReason }) => refusalReason !== 'forbidden')
}

/** Acts on a report that are no moves: the state stays as it is. */
export const reportActs = {
  add_note: ['dispatcher', 'officer', 'approver'],
  add_photo: ['dispatcher', 'officer', 'approver'],
  remove_photo: ['dispatcher', 'officer', 'approver'],
  add_information: ['dispatcher', 'officer', 'approver', 'reporter'],
  change_category: ['dispatcher', 'officer', 'approver'],
  change_severity: ['dispatcher', 'approver'],
  change_place: ['dispatcher', 'officer', 'approver'],
  change_tags: ['dispatcher', 'officer', 'approver'],
  link_incident: ['dispatcher'],
  link_report: ['dispatcher', 'officer', 'approver'],
  unlink_report: ['dispatcher', 'officer', 'approver'],
  split_report: ['dispatcher', 'approver'],
  decide_request: ['approver'],
  reveal_reporter: ['dispatcher', 'officer', 'approver', 'auditor'],
  review_copy: ['dispatcher', 'approver'],
  give_citizen_link: ['dispatcher'],
} as const satisfies Record<string, readonly (Role | 'reporter')[]>
export type ReportAct = keyof typeof reportActs
export const reportActNames = Object.keys(reportActs) as ReportAct[]

/** Whether the actor may do this to a report of that agency: agencies that held it before may only read. */
export function mayAct(actor: Actor, act: ReportAct, agencyId: string | null): boolean {
  return reportActs[act].some((maker) => (maker === 'reporter' ? isReporter(actor) : holds(actor, maker, agencyId)))
}

/**
 * The acts that describe a report. The figures count by these values, and a past figure must not change: so they are
 * fixed once a report has ended. An incident is not among them: it is often declared, and its reports are found, when
 * they have long been closed.
 */
const settingActs: readonly ReportAct[] = ['change_category', 'change_severity', 'change_place', 'change_tags']

/** The refusal reason of the act for this actor now, as a code for the screen; null where it is possible. */
export function refusalReasonForAct(
  actor: Actor,
  act: ReportAct,
  { state, agencyId }: Pick<Subject, 'state' | 'agencyId'>,
): 'forbidden' | 'wrong_state' | null {
  if (!mayAct(actor, act, agencyId)) return 'forbidden'
  if (act === 'split_report') return isSplittable(state) ? null : 'wrong_state'
  return hasEnded(state) && settingActs.includes(act) ? 'wrong_state' : null
}
