import type { PhotoView, ReportView } from '#server/reports/queries/report.ts'

export type AnswerDraft = {
  what: string
  where: string
  when: string
  next: string
  /** Proof photos on the report that this answer leaves out. */
  without: string[]
}

export const emptyAnswer: AnswerDraft = { what: '', where: '', when: '', next: '', without: [] }

/** The proof photos that a new answer may bring: those of no answer yet, or of one that never left. */
export function proofPhotosOf(report: Pick<ReportView, 'photos' | 'answers'>): PhotoView[] {
  const gone = new Set(
    report.answers.filter(({ status }) => status === 'sent' || status === 'queued').map(({ id }) => id),
  )
  return report.photos.filter(({ kind, answerId }) => kind === 'proof' && (answerId === null || !gone.has(answerId)))
}
