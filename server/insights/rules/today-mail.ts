import { type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'

/** In minutes after midnight: from a quarter past seven; what could not be sent by ten is no news of the morning. */
const morning = { from: 7 * 60 + 15, until: 10 * 60 }

/** Whether the page of the morning is sent by mail now: on mornings of working days, make-up days among them. */
export function isMailTime(at: Date, isWorkingDay: (day: LocalDay) => boolean): boolean {
  const day = localDayOf(at)
  const minute = (at.getTime() - startOfDay(day).getTime()) / 60_000
  return minute >= morning.from && minute < morning.until && isWorkingDay(day)
}
