import type { ReportState } from '#server/reports/rules/lifecycle.ts'

export const requestStatuses = ['open', 'closed'] as const
export type RequestStatus = (typeof requestStatuses)[number]

/**
 * The states that the standard calls closed: the city has answered or refused. A merged report follows the one it was
 * merged into, and nothing is closed before its citizen was told.
 */
export const closedStates = ['answered', 'closed', 'rejected'] as const satisfies readonly ReportState[]

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

export type OpenLabel = 'awaiting_intake' | 'awaiting_handling' | 'in_progress' | 'forwarded' | 'awaiting_citizen'

const labels: Partial<Record<ReportState, OpenLabel>> = {
  awaiting_intake: 'awaiting_intake',
  awaiting_acceptance: 'awaiting_handling',
  awaiting_citizen: 'awaiting_citizen',
}

/** The name of the state of an open request. */
export const openLabelOf = ({ state, transferCount }: Pick<Told, 'state' | 'transferCount'>): OpenLabel => {
  const label = labels[state] ?? 'in_progress'
  return label === 'awaiting_handling' && transferCount > 0 ? 'forwarded' : label
}

/** `status_notes`: the answer or refusal that was sent, else the name of the state, with the question if one waits. */
export function statusNotes(status: RequestStatus, told: Told, nameOf: (label: OpenLabel) => string): string | null {
  if (status === 'closed') {
    return told.answer && answerWords(told.answer)
  }
  const label = openLabelOf(told)
  return label === 'awaiting_citizen' && told.question ? `${nameOf(label)}: ${told.question}` : nameOf(label)
}
