import { needsAnswer, type Rating, type RejectReason, type ReportState } from './lifecycle.ts'
import { type OutcomeOf, outcomeOf } from './outcome.ts'
import type { MessageKind } from './parts.ts'

/** The states of the city's public statistics (docs/domain.md, states). */
export const publicStates = [
  'awaiting_intake',
  'awaiting_handling',
  'in_progress',
  'forwarded',
  'handled',
  'refused',
] as const
export type PublicState = (typeof publicStates)[number]

/** The input of the view: names of agencies, never of persons, and of the answers only their texts. */
export type CitizenSource = {
  code: string
  state: ReportState
  /** The report it was merged into: its outcome applies to this one too, and its sent answers are among these. */
  mergedInto: { code: string; state: ReportState; rejectReason: RejectReason | null } | null
  title: string
  body: string
  address: string
  receivedAt: Date
  transferCount: number
  agencyName: string | null
  rejectReason: RejectReason | null
  rating: Rating | null
  answers: readonly (OutcomeOf & {
    kind: 'answer' | 'rejection'
    agencyName: string | null
    what: string
    where: string
    when: string
    next: string
    sentAt: Date | null
    photoIds: readonly string[]
  })[]
  messages: readonly { kind: MessageKind; body: string; at: Date }[]
  photos: readonly { fileId: string; kind: 'citizen' | 'proof' | 'staff' }[]
}

export type CitizenAnswer = OutcomeOf & {
  agencyName: string | null
  what: string
  where: string
  when: string
  next: string
  sentAt: Date
  photoIds: string[]
}

export type CitizenView = {
  code: string
  state: PublicState
  mergedInto: string | null
  title: string
  body: string
  address: string
  receivedAt: Date
  /** The agency that works on it, from the assignment on. */
  agencyName: string | null
  photoIds: string[]
  /** The citizen was asked something and has not replied. */
  waitsForCitizen: boolean
  exchange: { kind: MessageKind; body: string; at: Date }[]
  answers: CitizenAnswer[]
  refusal: { reason: RejectReason; words: string | null } | null
  rating: Rating | null
}

/** A merged report has the state of its canonical report. */
export const publicStateOf: Record<Exclude<ReportState, 'merged'>, PublicState> = {
  awaiting_intake: 'awaiting_intake',
  awaiting_acceptance: 'awaiting_handling',
  in_progress: 'in_progress',
  awaiting_citizen: 'in_progress',
  awaiting_approval: 'in_progress',
  answered: 'handled',
  closed: 'handled',
  rejected: 'refused',
}

/**
 * What the citizen sees of the report: public texts, the messages exchanged with them, the sent answers. Answers that
 * are unsent, under approval or withdrawn, notes, persons, requests and reasons among agencies are not included.
 */
export function citizenView(report: CitizenSource): CitizenView {
  const left = report.answers.filter((answer) => answer.sentAt !== null)
  const answers = left
    .filter(({ kind }) => kind === 'answer')
    .map(({ agencyName, what, where, when, next, sentAt, photoIds, ...answer }) => ({
      agencyName,
      what,
      where,
      when,
      next,
      ...outcomeOf(answer),
      sentAt: sentAt as Date,
      photoIds: [...photoIds],
    }))
  const refusalWords = left.find(({ kind }) => kind === 'rejection')?.what ?? null
  const state = stateFor(report, left.length > 0)
  const reason = report.rejectReason ?? report.mergedInto?.rejectReason
  return {
    code: report.code,
    state,
    mergedInto: report.mergedInto?.code ?? null,
    title: report.title,
    body: report.body,
    address: report.address,
    receivedAt: report.receivedAt,
    agencyName: state === 'awaiting_intake' ? null : report.agencyName,
    photoIds: report.photos.filter(({ kind }) => kind === 'citizen').map(({ fileId }) => fileId),
    waitsForCitizen: report.state === 'awaiting_citizen',
    exchange: report.messages.map(({ kind, body, at }) => ({ kind, body, at })),
    answers,
    refusal: state === 'refused' && reason ? { reason, words: refusalWords } : null,
    rating: report.rating,
  }
}

/** Until the answer was sent, the citizen sees the report neither as handled nor as refused. */
function stateFor(report: CitizenSource, anyLeft: boolean): PublicState {
  const own = report.state === 'merged' ? (report.mergedInto?.state ?? 'in_progress') : report.state
  const state = own === 'merged' ? 'in_progress' : publicStateOf[own]
  if (own === 'answered' && !anyLeft) return 'in_progress'
  // Of the canonical report only the sent answers are known here.
  const followed = report.state === 'merged' ? report.mergedInto?.rejectReason : null
  if (followed && needsAnswer(followed) && !anyLeft) return 'awaiting_intake'
  if (report.state === 'rejected' && !anyLeft && report.answers.length > 0) return 'awaiting_intake'
  return state === 'awaiting_handling' && report.transferCount > 0 ? 'forwarded' : state
}
