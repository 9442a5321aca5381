import type { RejectReason, ReportState } from '#server/reports/rules/lifecycle.ts'
import type { Outcome, OutcomeOf } from '#server/reports/rules/outcome.ts'
import { type OpenLabel, openLabelOf } from '#server/reports/rules/told-state.ts'

export const requestStatuses = ['open', 'closed'] as const
export type RequestStatus = (typeof requestStatuses)[number]

type Answer = { what: string; where: string; when: string; next: string }

/** An answer as one text: what was done, where and when, and what comes next. */
export function answerWords({ what, where, when, next }: Answer): string {
  const place = [where, when].filter((part) => part !== '').join(' · ')
  return [what, place, next].filter((part) => part !== '').join('\n')
}

/** How a matter ended, as far as the citizen was told. */
export type Ended = OutcomeOf & { isRejected: boolean; rejectReason: RejectReason | null }

/**
 * `answered`: the citizen was sent the end of the matter. Of a plan the end is still to come, so its request stays
 * open.
 */
export const requestStatusOf = (answered: RequestStatus, { isRejected, outcome }: Ended): RequestStatus =>
  answered === 'closed' && (isRejected || outcome !== 'planned') ? 'closed' : 'open'

/**
 * The words that FixMyStreet and its like know for the end of a matter; they take `closed` for fixed unless they were
 * set to expect these.
 */
export const updateStatuses = [
  ...requestStatuses,
  'fixed',
  'action_scheduled',
  'no_further_action',
  'not_councils_responsibility',
] as const
export type UpdateStatus = (typeof updateStatuses)[number]

const ofOutcome: Record<Outcome, UpdateStatus> = {
  fixed: 'fixed',
  temporary: 'fixed',
  planned: 'action_scheduled',
  nothing_found: 'no_further_action',
  not_ours: 'not_councils_responsibility',
  not_stated: 'closed',
}
const ofOthers: readonly RejectReason[] = ['out_of_scope', 'complaint_or_denunciation']

/** The extended status of an answer or a refusal. */
export function extendedStatusOf({ isRejected, rejectReason, outcome }: Ended): UpdateStatus {
  if (!isRejected) return ofOutcome[outcome ?? 'not_stated']
  return rejectReason && ofOthers.includes(rejectReason) ? 'not_councils_responsibility' : 'no_further_action'
}

/** The names of what is told, in the language of the answers. `ended`: null where no end was stated. */
export type StatusWords = { state: (label: OpenLabel) => string; ended: (ended: Ended) => string | null }

type Told = {
  state: ReportState
  transferCount: number
  answer: Answer | null
  /** The last question to the citizen. */
  question: string | null
}

/**
 * `status_notes`: how it ended and the answer or refusal that was sent, else the name of the state, with the question
 * if one waits. The two statuses of the standard would let a refusal read like a repair.
 */
export function statusNotes(answered: RequestStatus, told: Told, ended: Ended, words: StatusWords): string | null {
  if (answered === 'closed') {
    const parts = [words.ended(ended), told.answer && answerWords(told.answer)]
    return parts.filter((part) => part !== null && part !== '').join('\n') || null
  }
  const label = openLabelOf(told)
  const name = words.state(label)
  return label === 'awaiting_citizen' && told.question ? `${name}: ${told.question}` : name
}
