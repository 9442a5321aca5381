import { dayAfter, instantAt, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { compileCalendar } from './compiled-calendar.ts'
import type { CalendarDay, Interval, Weekly, WorkingCalendar, WorkingTime } from './working-time.ts'

/** The calendars that the tests of the rules share; not part of the product. */

export const officeWeek = (...hours: Interval[]): Weekly => ({ 1: hours, 2: hours, 3: hours, 4: hours, 5: hours })

/** The test calendar of the vectors: Monday to Friday 08:00–12:00 and 13:30–17:30. */
export const splitWeek = officeWeek([480, 720], [810, 1050])

export function calendarOf(weekly: Weekly, days: CalendarDay[] = []): WorkingCalendar {
  return {
    id: 'test',
    zone: 'Asia/Ho_Chi_Minh',
    versions: [{ validFrom: '2020-01-01', validTo: null, weekly }],
    days,
  }
}

export const closed = (date: string, ...intervals: Interval[]): CalendarDay => ({
  date,
  kind: 'closed',
  intervals: intervals.length > 0 ? intervals : null,
})

export const worked = (date: string, ...intervals: Interval[]): CalendarDay => ({
  date,
  kind: 'working',
  intervals: intervals.length > 0 ? intervals : null,
})

/** `2026-09-04 16:30` on Hanoi's clock. */
export const hanoi = (local: string): Date => instantAt(local.slice(0, 10), local.slice(11))

/** Compiled for the months around September 2026: the 2nd is a Wednesday, the 4th a Friday, the 7th a Monday. */
export function compiled(calendar: WorkingCalendar): WorkingTime {
  return compileCalendar(calendar, hanoi('2026-08-01 00:00'), hanoi('2026-10-31 00:00'))
}

const tet = compileCalendar(
  calendarOf(splitWeek, [
    ...['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'].map((day) => closed(day)),
    worked('2026-02-14'),
  ]),
  hanoi('2026-01-01 00:00'),
  hanoi('2026-12-31 00:00'),
)

/** Working days of 2026 with a Tết of Monday to Friday, and the Saturday before worked for it. */
export const isWorkingDayOf2026 = (day: LocalDay): boolean =>
  tet.openBefore(startOfDay(dayAfter(day)).getTime()) > tet.openBefore(startOfDay(day).getTime())
