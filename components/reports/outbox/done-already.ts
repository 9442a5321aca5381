import { normalise } from '#server/platform/rules/text.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { WaitingAccept, WaitingAnswer } from './outbox.ts'

type Seen = Pick<ReportView, 'state' | 'assignee' | 'reopenCount'> & {
  answers: readonly (Pick<ReportView['answers'][number], 'round' | 'status' | 'what' | 'where' | 'when' | 'next'> & {
    author: { id: string }
  })[]
}

/** Whether it was done before, by a request whose answer got lost. */
export function isDoneAlready(report: Seen, waiting: WaitingAccept | WaitingAnswer): boolean {
  return waiting.kind === 'accept' ? isAccepted(report, waiting) : isAnswered(report, waiting)
}

/** The report is in one's own hands, whatever has been done to it since. */
const isAccepted = ({ state, assignee }: Seen, { accountId }: WaitingAccept): boolean =>
  assignee?.id === accountId && state !== 'awaiting_intake' && state !== 'awaiting_acceptance'

/**
 * The very words stand there as one's own, and are an answer of now: a report that was opened again waits for another.
 */
function isAnswered({ answers, reopenCount }: Seen, { accountId, ...words }: WaitingAnswer): boolean {
  const last = answers.findLast(({ author, round }) => author.id === accountId && round === reopenCount + 1)
  const isLive = last?.status === 'submitted' || last?.status === 'queued' || last?.status === 'sent'
  return isLive && (['what', 'where', 'when', 'next'] as const).every((part) => last[part] === stored(words[part]))
}

const stored = (text: string): string => normalise(text).trim()
