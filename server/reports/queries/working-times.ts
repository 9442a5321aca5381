import { compiledCalendars } from '#server/calendars/queries.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { keptAWhile } from '#server/platform/kept-a-while.ts'

type Times = ReadonlyMap<string, WorkingTime>

/** Lists say how much time is left, in words, and are asked again all the time: they may be this old. */
const freshness = 10_000

/** The working time of every calendar, for reading lists. What computes a deadline takes `compiledCalendars` itself. */
export const workingTimes = keptAWhile<Times>(freshness, compiledCalendars)

/**
 * Open minutes on each calendar since its origin: the difference between two answers is what has passed of a deadline
 * meanwhile, so that a list on the screen counts down without being asked for again.
 */
export function openTimeOf(times: Times, at: Date): Record<string, number> {
  const minutes = (time: WorkingTime) => time.openBefore(at.getTime()) / 60_000
  return Object.fromEntries([...times].map(([calendarId, time]) => [calendarId, minutes(time)]))
}
