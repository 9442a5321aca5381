import { compiledCalendars } from '#server/calendars/queries.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { keptAWhile } from '#server/platform/kept-a-while.ts'

type Times = ReadonlyMap<string, WorkingTime>

/**
 * In milliseconds. Lists show the time left in words, and are queried all the time: their calendars may be this old.
 */
const freshness = 10_000

/**
 * The working time of every calendar, for reading lists. Code that computes a deadline uses `compiledCalendars`
 * directly.
 */
export const workingTimes = keptAWhile<Times>(freshness, compiledCalendars)

/**
 * Open minutes on each calendar since its origin: the difference between two responses is the working time that has
 * passed, so that a list on the screen counts down without another request.
 */
export function openTimeOf(times: Times, at: Date): Record<string, number> {
  const minutes = (time: WorkingTime) => time.openBefore(at.getTime()) / 60_000
  return Object.fromEntries([...times].map(([calendarId, time]) => [calendarId, minutes(time)]))
}
