import { asc, eq, sql } from 'drizzle-orm'
import { builtOnce } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { calendarDays, calendars, calendarVersions } from '#db/schema/index.ts'
import { daysOf } from './rules/calendar-days.ts'
import { compileCalendar } from './rules/compiled-calendar.ts'
import type { WorkingCalendar, WorkingTime } from './rules/working-time.ts'

/** Every calendar with its versions and the confirmed days that apply to it: proposed days change no deadline. */
export async function workingCalendars(db: Connection): Promise<WorkingCalendar[]> {
  const [all, versions, days] = await Promise.all([
    db.select({ id: calendars.id, zone: calendars.zone }).from(calendars).orderBy(asc(calendars.id)),
    db
      .select({
        calendarId: calendarVersions.calendarId,
        validFrom: calendarVersions.validFrom,
        validTo: calendarVersions.validTo,
        weekly: calendarVersions.weekly,
      })
      .from(calendarVersions)
      .orderBy(asc(calendarVersions.validFrom)),
    db
      .select({
        calendarId: calendarDays.calendarId,
        date: calendarDays.date,
        kind: calendarDays.kind,
        intervals: calendarDays.intervals,
      })
      .from(calendarDays)
      .where(eq(calendarDays.status, 'confirmed'))
      .orderBy(asc(calendarDays.date)),
  ])
  return all.map(({ id, zone }) => ({
    id,
    zone,
    versions: versions
      .filter(({ calendarId }) => calendarId === id)
      .map(({ validFrom, validTo, weekly }) => ({ validFrom, validTo, weekly })),
    days: daysOf(id, days),
  }))
}

let compiled: { stamp: string; times: ReadonlyMap<string, WorkingTime> } | null = null

/**
 * The working time of every calendar by its id, compiled once per process and again after any change: each call reads a
 * stamp (a fraction of a millisecond), so no process computes a deadline by hours that are no longer in force.
 */
export async function compiledCalendars(db: Connection): Promise<ReadonlyMap<string, WorkingTime>> {
  return calendarsOfStamp(db, await stampNow(db))
}

/** The same for a caller that has already read the stamp together with something else. */
export async function calendarsOfStamp(
  db: Connection,
  [row]: readonly { stamp: string }[],
): Promise<ReadonlyMap<string, WorkingTime>> {
  const stamp = row?.stamp ?? ''
  if (compiled?.stamp === stamp) return compiled.times
  const times = new Map((await workingCalendars(db)).map((calendar) => [calendar.id, compile(calendar)]))
  compiled = { stamp, times }
  return times
}

/** Covers the years for which days are listed at first; a deadline beyond them extends the range. */
function compile(calendar: WorkingCalendar): WorkingTime {
  const dates = calendar.days.map(({ date }) => date).sort()
  const first = dates.at(0) ?? calendar.versions.at(-1)?.validFrom ?? '2024-01-01'
  return compileCalendar(calendar, new Date(first), new Date(dates.at(-1) ?? first))
}

/**
 * Changes whenever the tables change. It contains the version numbers and the transactions that wrote the rows
 * (`xmin`), so that a change that was rolled back, or that did not raise a version, is not mistaken for the one in
 * force.
 */
export const calendarStamp = (db: Connection) =>
  db
    .select({
      stamp: sql<string>`concat_ws(' ',
        current_database(),
        (select string_agg(concat_ws(':', id, version, xmin), ',' order by id) from ${calendars}),
        (select concat_ws(':', count(*), sum(xmin::text::bigint)) from ${calendarVersions}),
        (select concat_ws(':', count(*), sum(xmin::text::bigint), sum(version)) from ${calendarDays}))`.as('stamp'),
    })
    .from(sql`(values (1)) one`)

const stampNow = builtOnce(calendarStamp)
