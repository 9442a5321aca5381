import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import { type OpenLabel, openLabelOf } from '#server/reports/rules/told-state.ts'

export const requestStatuses = ['open', 'closed'] as const
export type RequestStatus = (typeof requestStatuses)[number]

type Answer = { what: string; where: string; when: string; next: string }

/** An answer as one text: what was done, where and when, and what comes next. */
export function answerWords({ what, where, when, next }: Answer): string {
  const place = [where, when].filter((part) => part !== '').join(' · ')
  return [what, place, next].filter((part) => part !== '').join('\n')
}

type Told = {
  state: ReportState
  transferCount: number
  answer: Answer | null
  /** The last question to the citizen. */
  question: string | null
}

/** `status_notes`: the answer or refusal that was sent, else the name of the state, with the question if one waits. */
export function statusNotes(status: RequestStatus, told: Told, nameOf: (label: OpenLabel) => string): string | null {
  if (status === 'closed') {
    return told.answer && answerWords(told.answer)
  }
  const label = openLabelOf(told)
  return label === 'awaiting_citizen' && told.question ? `${nameOf(label)}: ${told.question}` : nameOf(label)
}
