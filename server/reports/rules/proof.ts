import type { AnswerStatus } from './parts.ts'

/** Answers that went to the citizen, or are about to. */
const isGone = (status: AnswerStatus): boolean => status === 'sent' || status === 'queued'

/**
 * Whether a proof photo has gone out with an answer since it was last handed in. Another answer brings it only where
 * somebody attaches it anew; of an answer that never left it goes over to the next.
 */
export const isSpent = (
  photo: { addedAt: Date },
  answersWithIt: readonly { status: AnswerStatus; createdAt: Date }[],
): boolean => answersWithIt.some(({ status, createdAt }) => isGone(status) && createdAt >= photo.addedAt)
