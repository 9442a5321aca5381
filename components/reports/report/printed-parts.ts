import type { ReportView } from '#server/reports/queries/report.ts'

/** An answer as its reporter has it, to this report or to the one that it follows. */
export type PrintedAnswer = ReportView['passedOn'][number] & { sentAt: Date }

type Answered = Pick<ReportView, 'answers' | 'passedOn'>

/** What the citizen was answered, the oldest first. */
export function printedAnswers({ answers, passedOn }: Answered): PrintedAnswer[] {
  return [...answers.filter(({ status }) => status === 'sent'), ...passedOn]
    .filter((answer): answer is typeof answer & { sentAt: Date } => answer.sentAt !== null)
    .toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime())
}

export const photosSentIn = ({ photos }: Pick<ReportView, 'photos'>): string[] =>
  photos.filter(({ kind }) => kind === 'citizen').map(({ fileId }) => fileId)

/** Every photo of the sheet. */
export const printedPhotos = (report: Answered & Pick<ReportView, 'photos'>): string[] => [
  ...photosSentIn(report),
  ...printedAnswers(report).flatMap(({ photoIds }) => photoIds),
]
