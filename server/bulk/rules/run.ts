import { undoLimits } from '#server/platform/rules/limits.ts'

/**
 * One change made to many reports, each separately. `running` works through the rows, `undoing` restores those that
 * were changed; the others are end states.
 */
export const runStates = ['running', 'done', 'cancelled', 'undoing', 'undone'] as const
export type RunState = (typeof runStates)[number]

/** The outcome of each report: `kept` was to be undone, and could not be. */
export const rowStatuses = ['waiting', 'changed', 'skipped', 'failed', 'cancelled', 'undone', 'kept'] as const
export type RowStatus = (typeof rowStatuses)[number]

/** Outcomes that need attention, because they are not what was intended. */
export const unwantedStatuses = ['skipped', 'failed', 'cancelled', 'kept'] as const satisfies readonly RowStatus[]
export const isUnwanted = (status: RowStatus): boolean => (unwantedStatuses as readonly RowStatus[]).includes(status)

export const isAtWork = ({ state }: { state: RunState }): boolean => state === 'running' || state === 'undoing'

type Progress = { state: RunState; rows: number; counts: Record<RowStatus, number> }

/** How many rows of a run are done, forwards or while undoing. */
export function doneOf({ state, rows, counts }: Progress): { done: number; all: number } {
  if (state !== 'undoing') return { done: rows - counts.waiting, all: rows }
  const all = counts.changed + counts.undone + counts.kept
  return { done: all - counts.changed, all }
}

/** The maximum number of reports in one run. */
export const mostRows = 5000
/** Up to this many reports are changed while the user waits; more are done by a background job. */
export const mostAtOnce = 200
/**
 * The maximum number of answers sent without a second person having read them; answers that need an approver do not
 * count.
 */
export { secondPersonAbove as mostUnreadAnswers } from '#server/reports/rules/answer-batch.ts'

/** A whole run can be undone for this long after its last row. */
export const undoSeconds = 15

export const runsInBackground = (rows: number): boolean => rows > mostAtOnce

export type UndoSubject = { state: RunState; finishedAt: Date | null; changed: number; isUndoable: boolean }

/** Why a run cannot be undone now, as a code for the screen; null where it can. */
export function refusalReasonForUndo(
  { state, finishedAt, changed, isUndoable }: UndoSubject,
  now: Date,
): string | null {
  if (!isUndoable) return 'bulk_not_undoable'
  if (state !== 'done' && state !== 'cancelled') return 'bulk_wrong_state'
  if (changed === 0) return 'bulk_nothing_to_undo'
  // A grace for the time of the request: an undo in the last second is not refused as too late.
  const until = (finishedAt?.getTime() ?? 0) + (undoSeconds + undoLimits.graceSeconds) * 1000
  return now.getTime() <= until ? null : 'bulk_undo_over'
}
