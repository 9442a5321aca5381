import type { ReportState } from './lifecycle.ts'

/**
 * States in which the city has answered or refused. A merged report has the state of its canonical report, and a report
 * is closed only after its citizen was informed.
 */
export const closedStates = ['answered', 'closed', 'rejected'] as const satisfies readonly ReportState[]

export const openLabels = [
  'awaiting_intake',
  'awaiting_handling',
  'forwarded',
  'in_progress',
  'awaiting_citizen',
] as const
export type OpenLabel = (typeof openLabels)[number]

/** The states that reporters see, named as in the city's public statistics. */
export const toldStates = [...openLabels, 'answered', 'closed', 'refused'] as const
export type ToldState = (typeof toldStates)[number]

const labels: Partial<Record<ReportState, OpenLabel>> = {
  awaiting_intake: 'awaiting_intake',
  awaiting_acceptance: 'awaiting_handling',
  awaiting_citizen: 'awaiting_citizen',
}

type Followed = { state: ReportState; transferCount: number }

/** The state of an open request. */
export const openLabelOf = ({ state, transferCount }: Followed): OpenLabel => {
  const label = labels[state] ?? 'in_progress'
  return label === 'awaiting_handling' && transferCount > 0 ? 'forwarded' : label
}

/** `status`: closed once the citizen was informed of the outcome. */
export function toldStateOf({ status, ...followed }: Followed & { status: 'open' | 'closed' }): ToldState {
  if (status === 'open') return openLabelOf(followed)
  return followed.state === 'rejected' ? 'refused' : followed.state === 'closed' ? 'closed' : 'answered'
}
