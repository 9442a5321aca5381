/**
 * One change made to many reports, each by itself. `running` works through the rows, `undoing` takes those back that
 * were changed; the others are ends.
 */
export const runStates = ['running', 'done', 'cancelled', 'undoing', 'undone'] as const
export type RunState = (typeof runStates)[number]

/** What becomes of each report: `kept` was to be taken back, and could not be. */
export const rowStatuses = ['waiting', 'changed', 'skipped', 'failed', 'cancelled', 'undone', 'kept'] as const
export type RowStatus = (typeof rowStatuses)[number]

/** What somebody has to look at, because it did not go as it was meant to. */
export const unwantedStatuses = ['skipped', 'failed', 'cancelled', 'kept'] as const satisfies readonly RowStatus[]

/** Nobody changes more at a time. */
export const mostRows = 5000
/** So many are done while the person waits; more are a job in the background. */
export const mostAtOnce = 200
/**
 * So many answers may leave without a second person having read them; those that go to an approver are not among them.
 */
export { secondPersonAbove as mostUnreadAnswers } from '#server/reports/rules/answer-batch.ts'

/** A whole run can be taken back for so long after its last row. */
export const undoSeconds = 15

export const runsInBackground = (rows: number): boolean => rows > mostAtOnce

export type UndoSubject = { state: RunState; finishedAt: Date | null; changed: number; isUndoable: boolean }

/** Why a run cannot be taken back now, as a code for the screen; null where it can. */
export function refusalReasonForUndo(
  { state, finishedAt, changed, isUndoable }: UndoSubject,
  now: Date,
): string | null {
  if (!isUndoable) return 'bulk_not_undoable'
  if (state !== 'done' && state !== 'cancelled') return 'bulk_wrong_state'
  if (changed === 0) return 'bulk_nothing_to_undo'
  // A few more for the way here: who pressed in the last second is not told that it was too late.
  const until = (finishedAt?.getTime() ?? 0) + (undoSeconds + graceSeconds) * 1000
  return now.getTime() <= until ? null : 'bulk_undo_over'
}

const graceSeconds = 3
