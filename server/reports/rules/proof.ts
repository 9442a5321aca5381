import type { AnswerStatus } from './parts.ts'

/** Answers that were sent to the citizen, or are about to be. */
const isGone = (status: AnswerStatus): boolean => status === 'sent' || status === 'queued'

/**
 * Whether a proof photo was sent with an answer since it was last uploaded. It belongs to another answer only if
 * someone attaches it again; proof of an answer that was never sent carries over to the next.
 */
export const isSpent = (
  photo: { addedAt: Date },
  answersWithIt: readonly { status: AnswerStatus; createdAt: Date }[],
): boolean => answersWithIt.some(({ status, createdAt }) => isGone(status) && createdAt >= photo.addedAt)
