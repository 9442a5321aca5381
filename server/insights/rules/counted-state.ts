/**
 * The state of a report in the figures, at any moment exactly one of these. The first three are open, the next three
 * ended, the last two have left the figures. Stored as numbers, in this order.
 */
export const countedStates = [
  'open_in_time',
  'open_overdue',
  'paused',
  'handled_in_time',
  'handled_late',
  'refused',
  'spam_or_test',
  'merged',
] as const
export type CountedState = (typeof countedStates)[number]

export const countedStateNumber = (countedState: CountedState): number => countedStates.indexOf(countedState)

/** Open are the states up to the first of these, counted those up to the second: the others have left the figures. */
export const lastOpen = countedStateNumber('paused')
export const lastCounted = countedStateNumber('refused')

/** From one moment on. */
export type Turn = { at: Date; to: CountedState }

/** Its counted state at a moment: the last change that was not after it; null before the first, its receipt. */
export function countedStateAt(turns: readonly Turn[], moment: Date): CountedState | null {
  return turns.findLast(({ at }) => at <= moment)?.to ?? null
}

export const isOut = (countedState: CountedState): boolean => countedStateNumber(countedState) > lastCounted
