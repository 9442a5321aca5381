import { isNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agencies } from '#db/schema/index.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { cityTimeKey, openMinutesUpTo } from '#server/calendars/rules/standing.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { keptAWhile } from '#server/platform/kept-a-while.ts'

/** The working time of every calendar by its id, and that of the city itself, null before the city is set up. */
export type OfficeTimes = { calendars: ReadonlyMap<string, WorkingTime>; city: WorkingTime | null }

/**
 * In milliseconds. Lists show the time left in words, and are queried all the time: their calendars may be this old.
 */
const freshness = 10_000

/**
 * The working time of every calendar, for reading lists. Code that computes a deadline uses `compiledCalendars`
 * directly.
 */
export const workingTimes = keptAWhile<OfficeTimes>(freshness, officeTimes)

async function officeTimes(db: Database): Promise<OfficeTimes> {
  const [calendars, [city]] = await Promise.all([
    compiledCalendars(db),
    db.select({ calendarId: agencies.calendarId }).from(agencies).where(isNull(agencies.parentId)).limit(1),
  ])
  return { calendars, city: calendars.get(city?.calendarId ?? '') ?? null }
}

/**
 * Open minutes on each calendar, and on the city's, since its origin: the difference between two responses is the
 * working time that has passed, so that a list on the screen counts down without another request.
 */
export function openTimeOf({ calendars, city }: OfficeTimes, at: Date): Record<string, number> {
  const times = [...calendars, ...(city ? [[cityTimeKey, city] as const] : [])]
  return Object.fromEntries(times.map(([calendarId, time]) => [calendarId, openMinutesUpTo(at, time)]))
}
