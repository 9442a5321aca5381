import { laterLimits } from '#server/platform/rules/limits.ts'
import type { ReportState } from './lifecycle.ts'
import type { Outcome, OutcomeOf } from './outcome.ts'

/** The moves that can be made at a later time. */
export const scheduledMoves = ['answer', 'approve'] as const
export type ScheduledMove = (typeof scheduledMoves)[number]

export type ScheduledWords = {
  what: string
  where: string
  when: string
  next: string
  photoIds: string[]
} & OutcomeOf<Outcome>

const day = 86_400_000

/** Why an answer cannot be sent at that time, as a code for the screen; null where it can. */
export function refusalReasonToSchedule(sendAt: Date, now: Date): 'later_passed' | 'later_too_far' | null {
  if (sendAt <= now) return 'later_passed'
  return sendAt.getTime() - now.getTime() > laterLimits.answerDays * day ? 'later_too_far' : null
}

type Stand = { state: ReportState; agencyId: string | null; assigneeId: string | null }

/**
 * Whether a change makes a scheduled answer impossible: the report has left the state or the agency, or only its new
 * assignee may answer. Everything else is checked when its time has come.
 */
export function endsSchedule(
  before: Stand,
  after: Stand,
  { writerId, move, onlyAssigneeAnswers }: { writerId: string; move: ScheduledMove; onlyAssigneeAnswers: boolean },
): boolean {
  if (after.state !== before.state || after.agencyId !== before.agencyId) return true
  if (move !== 'answer' || !onlyAssigneeAnswers || after.assigneeId === before.assigneeId) return false
  return after.assigneeId !== null && after.assigneeId !== writerId
}
