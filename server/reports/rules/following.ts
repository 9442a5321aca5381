import type { ReportState } from './lifecycle.ts'
import type { AnswerKind, AnswerStatus } from './parts.ts'

/** How a report follows another: it is part of that one, or is handled by itself. */
export type FollowWay = 'merged' | 'linked'

/**
 * A rejection is the fate of its report and of what was merged into it; what is handled by itself has a fate of its
 * own.
 */
export const reaches = (kind: AnswerKind, way: FollowWay): boolean => kind === 'answer' || way === 'merged'

const isSettled = (state: ReportState): boolean => state === 'answered' || state === 'closed'

/**
 * The answer that has left already and stands when a report begins to follow: its reporter gets it too. Where the
 * matter is open, again or still, or an answer is on its way, the next one reaches him with the others. `answers`:
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
