import { normalise } from '#server/platform/rules/text.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { WaitingAccept, WaitingAnswer } from './outbox.ts'

type Seen = Pick<ReportView, 'state' | 'assignee' | 'reopenCount'> & {
  answers: readonly (Pick<
    ReportView['answers'][number],
    'round' | 'status' | 'what' | 'where' | 'when' | 'next' | 'outcome' | 'plannedFor'
  > & {
    author: { id: string }
  })[]
}

/** Whether it was done before, by a request whose response was lost. */
export function isDoneAlready(report: Seen, waiting: WaitingAccept | WaitingAnswer): boolean {
  return waiting.kind === 'accept' ? isAccepted(report, waiting) : isAnswered(report, waiting)
}

/** The user is the assignee, whatever has been done to the report since. */
const isAccepted = ({ state, assignee }: Seen, { accountId }: WaitingAccept): boolean =>
  assignee?.id === accountId && state !== 'awaiting_intake' && state !== 'awaiting_acceptance'

/**
 * Exactly this text is stored as the user's own, and belongs to the present round: a reopened report waits for another
 * answer.
 */
function isAnswered({ answers, reopenCount }: Seen, { accountId, ...words }: WaitingAnswer): boolean {
  const last = answers.findLast(({ author, round }) => author.id === accountId && round === reopenCount + 1)
  const isLive = last?.status === 'submitted' || last?.status === 'queued' || last?.status === 'sent'
  const isSame = last?.outcome === words.outcome && last?.plannedFor === words.plannedFor
  return (
    isLive && isSame && (['what', 'where', 'when', 'next'] as const).every((part) => last[part] === stored(words[part]))
  )
}

const stored = (text: string): string => normalise(text).trim()
