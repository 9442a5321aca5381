import type { CalendarDay } from './working-time.ts'

type ListedDay = CalendarDay & { calendarId: string | null }

/**
 * The days that apply to one calendar: its own, and the common ones (`calendarId` null) on dates for which it has none.
 */
export function daysOf(calendarId: string, listed: readonly ListedDay[]): CalendarDay[] {
  const own = listed.filter((day) => day.calendarId === calendarId)
  const ownDates = new Set(own.map(({ date }) => date))
  return [...own, ...listed.filter((day) => day.calendarId === null && !ownDates.has(day.date))].map(
    ({ date, kind, intervals }) => ({ date, kind, intervals }),
  )
}
