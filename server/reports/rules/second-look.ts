import type { AnswerFinding } from './answer-findings.ts'

/**
 * What the citizen would come back for, or should never read: confirmed before an answer is approved. The rest is a
 * matter of taste, and a question at every answer would soon be ignored.
 */
const grave: readonly AnswerFinding[] = ['no_what', 'vague_what', 'no_where', 'no_when', 'no_photo', 'personal_data']

/** Whether an answer with these findings is approved only after a second look. */
export const needsSecondLook = (findings: readonly AnswerFinding[]): boolean =>
  findings.some((finding) => grave.includes(finding))
