import { DomainError } from '#server/platform/errors.ts'
import { handledStates, type ReportState } from './lifecycle.ts'

/**
 * One message to many reporters of an incident. An answer is composed once and answers each report. A notice goes to
 * all reporters, whichever agencies hold their reports: it answers no report and changes no state.
 */
export const batchKinds = ['answer', 'notice'] as const
export type BatchKind = (typeof batchKinds)[number]

export const batchStates = ['awaiting_approval', 'sending', 'stopped', 'done', 'cancelled', 'refused'] as const
export type BatchState = (typeof batchStates)[number]

const moves = {
  approve: { from: ['awaiting_approval'], to: 'sending' },
  refuse: { from: ['awaiting_approval'], to: 'refused' },
  cancel: { from: ['awaiting_approval', 'sending', 'stopped'], to: 'cancelled' },
  stop: { from: ['sending'], to: 'stopped' },
  resume: { from: ['stopped'], to: 'sending' },
  finish: { from: ['sending'], to: 'done' },
} as const satisfies Record<string, { from: readonly BatchState[]; to: BatchState }>

export type BatchMove = keyof typeof moves
export const batchMoves = Object.keys(moves) as BatchMove[]

export const mayMoveBatch = (state: BatchState, move: BatchMove): boolean =>
  (moves[move].from as readonly BatchState[]).includes(state)

/** The state a move leads to. Throws `invalid_batch_move` where the state does not allow it. */
export function nextBatchState(state: BatchState, move: BatchMove): BatchState {
  if (!mayMoveBatch(state, move)) throw new DomainError('invalid_batch_move', { state, move })
  return moves[move].to
}

/** Above this number another account, the second person, must approve the whole batch. */
export const secondPersonAbove = 50
export const needsSecondPerson = (recipients: number): boolean => recipients > secondPersonAbove

/** The maximum number of reports in one batch; above it the choice must be narrowed. */
export const mostRecipients = 2000
/** How many answers one run sends, and how long the next run waits: the desk stays usable meanwhile. */
export const batchPace = { size: 20, seconds: 2 } as const

/**
 * The outcome for each report: `answered` is sent after the undo time, `submitted` waits for the approver of its
 * agency, `noticed` has brought the notice to its reporter, also for their `covered` reports, `skipped` needed no
 * answer any more or has no reachable reporter, `failed` was refused.
 */
export const recipientStatuses = [
  'waiting',
  'answered',
  'submitted',
  'noticed',
  'covered',
  'skipped',
  'failed',
  'cancelled',
] as const
export type RecipientStatus = (typeof recipientStatuses)[number]

const mostFailing = 0.05
/** A single failure does not stop a small batch. */
const fewestFailures = 2

/** Whether so many have failed that the batch stops, for someone to check before more is sent. */
export function isFailing({ failed, recipients }: { failed: number; recipients: number }): boolean {
  return failed >= fewestFailures && failed / recipients > mostFailing
}

/** Refusals that only mean that a colleague was faster. */
const settledMeanwhile: readonly string[] = ['already_answered', 'merged', 'rejected', 'awaiting_approval']

export const outcomeOfRefusal = (code: string): 'skipped' | 'failed' =>
  settledMeanwhile.includes(code) ? 'skipped' : 'failed'

export type Candidate = {
  state: ReportState
  pausedAt: Date | null
  /** Whether the author may answer it, and the second person may approve it. */
  mayAnswer: boolean
}

/** Why a report of the incident gets no answer from a batch, as a code for the screen; null where it gets one. */
export function refusalReasonForAnswering({ state, pausedAt, mayAnswer }: Candidate): string | null {
  if ((handledStates as readonly ReportState[]).includes(state)) return 'already_answered'
  if (state === 'merged' || state === 'rejected' || state === 'awaiting_approval') return state
  if (!mayAnswer) return 'forbidden'
  if (state !== 'in_progress') return state
  return pausedAt === null ? null : 'clock_paused'
}
