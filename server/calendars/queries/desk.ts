import { and, asc, count, eq, gte, isNull, lt, or, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { agencies, calendarDays, calendars, calendarVersions } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { compiledCalendars } from '../queries.ts'
import { versionInForce } from '../rules/hours-versions.ts'
import type { Preview } from '../rules/schemas.ts'
import { dueAt, type Interval, type Slice, slicesCounted, type Weekly } from '../rules/working-time.ts'

export type CalendarHours = {
  id: string
  validFrom: LocalDay
  validTo: LocalDay | null
  weekly: Weekly
  /** It applies today. */
  inForce: boolean
  /** It has not begun: it may still be edited or removed. */
  upcoming: boolean
}

export type CalendarView = {
  id: string
  name: string
  zone: string
  version: number
  /** How many agencies work by it. */
  agencies: number
  hours: CalendarHours[]
}

/** The calendars with their weekly hours, the newest first. */
export async function listCalendars(db: Connection, at: Date): Promise<CalendarView[]> {
  const today = localDayOf(at)
  const [all, versions] = await Promise.all([
    db
      .select({
        id: calendars.id,
        name: calendars.name,
        zone: calendars.zone,
        version: calendars.version,
        agencies: count(agencies.id),
      })
      .from(calendars)
      .leftJoin(agencies, eq(agencies.calendarId, calendars.id))
      .groupBy(calendars.id)
      .orderBy(sql`${calendars.name} collate "vi-x-icu"`),
    db.select().from(calendarVersions).orderBy(asc(calendarVersions.validFrom)),
  ])
  return all.map((calendar) => {
    const own = versions.filter(({ calendarId }) => calendarId === calendar.id)
    const inForce = versionInForce(own, today)
    return {
      ...calendar,
      hours: own.reverse().map(({ id, validFrom, validTo, weekly }) => ({
        id,
        validFrom,
        validTo,
        weekly: weekly as Weekly,
        inForce: id === inForce?.id,
        upcoming: validFrom > today,
      })),
    }
  })
}

export type CalendarDayView = {
  id: string
  calendarId: string | null
  date: LocalDay
  kind: 'closed' | 'working'
  intervals: Interval[] | null
  name: string
  nameEn: string
  status: 'confirmed' | 'proposed'
  swappedWith: LocalDay | null
  source: string
  version: number
}

/** The days of a year that differ from the weekly hours: those of every calendar and those of this one. */
export async function daysOfYear(db: Connection, year: number, calendarId: string | null): Promise<CalendarDayView[]> {
  return db
    .select(dayColumns)
    .from(calendarDays)
    .where(
      and(
        gte(calendarDays.date, `${year}-01-01`),
        lt(calendarDays.date, `${year + 1}-01-01`),
        calendarId === null ? undefined : or(isNull(calendarDays.calendarId), eq(calendarDays.calendarId, calendarId)),
      ),
    )
    .orderBy(asc(calendarDays.date), asc(calendarDays.calendarId))
}

const dayColumns = {
  id: calendarDays.id,
  calendarId: calendarDays.calendarId,
  date: calendarDays.date,
  kind: calendarDays.kind,
  intervals: calendarDays.intervals,
  name: calendarDays.name,
  nameEn: calendarDays.nameEn,
  status: calendarDays.status,
  swappedWith: calendarDays.swappedWith,
  source: calendarDays.source,
  version: calendarDays.version,
}

export type DuePreview = { dueAt: Date; slices: Slice[] }

/** "Received … → due …" with each slice that was counted. */
export async function previewDue(db: Connection, { calendarId, from, minutes }: Preview): Promise<DuePreview> {
  const time = (await compiledCalendars(db)).get(calendarId)
  if (!time) throw new DomainError('not_found', { subject: 'calendar', id: calendarId })
  const due = dueAt(from, minutes, time)
  return { dueAt: due, slices: slicesCounted(from, due, time) }
}
