import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import { builtTogether } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { calendarDays, calendars, calendarVersions } from '#db/schema/index.ts'
import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import { officeWeek } from '#server/calendars/rules/test-calendars.ts'
import type { Weekly, WorkingCalendar, WorkingTime } from '#server/calendars/rules/working-time.ts'
import { unique } from './unique.ts'

/** Monday to Friday 08:00–12:00 and 13:00–17:00: the usual office hours (docs/domain.md, clocks). */
const standardWeek = officeWeek([480, 720], [780, 1020])

export async function buildCalendar(
  db: Connection,
  { id = unique('calendar'), weekly = standardWeek }: { id?: string; weekly?: Weekly } = {},
): Promise<string> {
  await db.insert(calendars).values({ id, name: id }).onConflictDoNothing()
  await db.insert(calendarVersions).values({ calendarId: id, validFrom: '2020-01-01', weekly }).onConflictDoNothing()
  return id
}

/** The default calendar of agencies. */
export const standardCalendar = (db: Connection): Promise<string> => buildCalendar(db, { id: 'hanoi' })

/** In one round trip, as every report that is built asks for it. */
const readCalendar = builtTogether((db) => ({
  versions: db
    .select({
      validFrom: calendarVersions.validFrom,
      validTo: calendarVersions.validTo,
      weekly: calendarVersions.weekly,
    })
    .from(calendarVersions)
    .where(eq(calendarVersions.calendarId, sql.placeholder('id')))
    .orderBy(asc(calendarVersions.validFrom)),
  days: db
    .select({ date: calendarDays.date, kind: calendarDays.kind, intervals: calendarDays.intervals })
    .from(calendarDays)
    .where(
      and(
        eq(calendarDays.status, 'confirmed'),
        or(isNull(calendarDays.calendarId), eq(calendarDays.calendarId, sql.placeholder('id'))),
      ),
    ),
}))

/** Working time as the desk will compute it: the calendar's versions and its confirmed days. */
export async function timeOfCalendar(db: Connection, id: string): Promise<WorkingTime> {
  const { versions, days } = await readCalendar(db, { id })
  const calendar: WorkingCalendar = { id, zone: 'Asia/Ho_Chi_Minh', versions, days }
  const text = JSON.stringify(calendar)
  const begin = new Date(versions[0]?.validFrom ?? '2020-01-01')
  const time = compiled.get(text) ?? compileCalendar(calendar, begin, begin)
  compiled.set(text, time)
  return time
}

/** By all that a calendar says: compiling years of it for each report would take longer than building the report. */
const compiled = new Map<string, WorkingTime>()

/** The working times that one report asks for, each read once. */
export function timesOfCalendars(db: Connection): (id: string) => Promise<WorkingTime> {
  const known = new Map<string, Promise<WorkingTime>>()
  return (id) => {
    const time = known.get(id) ?? timeOfCalendar(db, id)
    known.set(id, time)
    return time
  }
}
