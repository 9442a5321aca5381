/**
 * Where a report stands in the figures, at any moment exactly one of these. The first three are open, the next three ended, the
 * last two have left the figures. Kept as numbers, in this order.
 */
export const standings = [
  'open_in_time',
  'open_overdue',
  'paused',
  'handled_in_time',
  'handled_late',
  'refused',
  'spam_or_test',
  'merged',
] as const
export type Standing = (typeof standings)[number]

export const standingNumber = (standing: Standing): number => standings.indexOf(standing)

/** From one moment on. */
export type Turn = { at: Date; to: Standing }

/** Where it stood at a moment: the last turn that was not after it; null before the first, its receipt. */
export function standingAt(turns: readonly Turn[], moment: Date): Standing | null {
  return turns.findLast(({ at }) => at <= moment)?.to ?? null
}

export const isOut = (standing: Standing): boolean => standingNumber(standing) >= standingNumber('spam_or_test')
