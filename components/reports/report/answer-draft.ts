import type { PhotoView, ReportView } from '#server/reports/queries/report.ts'
import { emptyOutcome, type OutcomeDraft } from '#server/reports/rules/outcome.ts'
import { isSpent } from '#server/reports/rules/proof.ts'

export type AnswerDraft = OutcomeDraft & {
  what: string
  where: string
  when: string
  next: string
  /** Proof photos on the report that this answer leaves out. */
  without: string[]
}

/** With approval or at once, for the first time or again. */
export type WayToAnswer = 'submit_answer' | 'answer' | 'request_follow_up' | 'follow_up'
export const isAtOnce = (way: WayToAnswer): way is 'answer' | 'follow_up' => way === 'answer' || way === 'follow_up'

export const emptyAnswer: AnswerDraft = { what: '', where: '', when: '', next: '', ...emptyOutcome, without: [] }

/** The proof photos that a new answer may include: those not sent with an answer since they were added. */
export function proofPhotosOf(report: Pick<ReportView, 'photos' | 'answers'>): PhotoView[] {
  const answersWith = (fileId: string) => report.answers.filter(({ photoIds }) => photoIds.includes(fileId))
  return report.photos.filter((photo) => photo.kind === 'proof' && !isSpent(photo, answersWith(photo.fileId)))
}
