import type { ReportState } from './lifecycle.ts'
import type { AnswerKind, AnswerStatus } from './parts.ts'

/** How a report follows another: it is part of that one, or is handled separately. */
export type FollowWay = 'merged' | 'linked'

/**
 * A rejection applies to its report and to what was merged into it; linked reports are handled separately and have
 * their own outcome.
 */
export const reaches = (kind: AnswerKind, way: FollowWay): boolean => kind === 'answer' || way === 'merged'

const isSettled = (state: ReportState): boolean => state === 'answered' || state === 'closed'

/**
 * The answer that was already sent and is valid when a report begins to follow: its reporter gets it too. Where the
 * matter is still open or reopened, or an answer is not sent yet, the next answer reaches both reporters. `answers`:
 * oldest first.
 */
export function standingAnswer<Answer extends { kind: AnswerKind; status: AnswerStatus }>(
  { state }: { state: ReportState },
  answers: readonly Answer[],
): Answer | null {
  if (!isSettled(state)) return null
  const last = answers.filter(({ status }) => status === 'sent' || status === 'queued').at(-1)
  return last?.kind === 'answer' && last.status === 'sent' ? last : null
}
