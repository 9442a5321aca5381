import type { Database } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'

type Times = ReadonlyMap<string, WorkingTime>

/** Lists say how much time is left, in words, and are asked again all the time: they may be this old. */
const freshness = 10_000
const read = new WeakMap<Database, { at: number; times: Promise<Times> }>()

/** The working time of every calendar, for reading lists. What computes a deadline takes `compiledCalendars` itself. */
export async function workingTimes({ db, now }: Pick<Context, 'db' | 'now'>): Promise<Times> {
  const at = now().getTime()
  const known = read.get(db)
  if (known && Math.abs(at - known.at) < freshness) return known.times
  const times = compiledCalendars(db)
  read.set(db, { at, times })
  times.catch(() => read.delete(db))
  return times
}

/**
 * Open minutes on each calendar since its origin: the difference between two answers is what has passed of a deadline
 * meanwhile, so that a list on the screen counts down without being asked for again.
 */
export function openTimeOf(times: Times, at: Date): Record<string, number> {
  const minutes = (time: WorkingTime) => time.openBefore(at.getTime()) / 60_000
  return Object.fromEntries([...times].map(([calendarId, time]) => [calendarId, minutes(time)]))
}
