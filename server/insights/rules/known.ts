import type { LoggedEvent } from './replay.ts'
import type { LoggedReport } from './versions.ts'

/**
 * Up to so many milliseconds after it was received a report counts as known at once: its event is written a moment
 * later, by another clock.
 */
export const knownWithin = 250

/** When the log learned of an event. */
export const recordedAtOf = ({ at, recordedAt }: LoggedEvent): Date => recordedAt ?? at

/**
 * When the log learned of a report that was received before it did, as in an import; null where it knew at once. A
 * report without events counts as known.
 */
export function knownAtOf({ head, events }: Pick<LoggedReport, 'head' | 'events'>): Date | null {
  if (events.length === 0) return null
  const first = Math.min(...events.map((event) => recordedAtOf(event).getTime()))
  return first - head.receivedAt.getTime() > knownWithin ? new Date(first) : null
}
