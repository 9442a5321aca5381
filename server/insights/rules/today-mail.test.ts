import { expect, test } from 'vitest'
import { calendarOf, closed, compiled, hanoi, splitWeek, worked } from '#server/calendars/rules/test-calendars.ts'
import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { isMailTime } from './today-mail.ts'

/** National Day with the day before it off; the Saturday of the week before is worked instead. */
const time = compiled(
  calendarOf(splitWeek, [
    closed('2026-09-01'),
    closed('2026-09-02'),
    worked('2026-08-29'),
    closed('2026-09-04', [480, 720]),
  ]),
)
const isWorkingDay = (day: LocalDay): boolean =>
  time.openBefore(startOfDay(dayAfter(day)).getTime()) > time.openBefore(startOfDay(day).getTime())

test.each<[string, string, boolean]>([
  ['before a quarter past seven', '2026-09-07 07:14', false],
  ['at a quarter past seven of a Monday', '2026-09-07 07:15', true],
  ['later in the morning, if it could not be sent', '2026-09-07 09:59', true],
  ['no longer from ten on', '2026-09-07 10:00', false],
  ['not in the evening', '2026-09-07 19:15', false],
  ['not on a Saturday', '2026-09-05 07:15', false],
  ['not on a Sunday', '2026-09-06 07:15', false],
  ['not on a holiday', '2026-09-02 07:15', false],
  ['not on the day off beside it', '2026-09-01 07:15', false],
  ['on the Saturday that is worked for it', '2026-08-29 07:15', true],
  ['not on the Saturday after that', '2026-09-12 07:15', false],
  ['on a day that is worked in the afternoon only', '2026-09-04 07:15', true],
])('the page is mailed %s (%s): %s', (_, local, expected) => {
  expect(isMailTime(hanoi(local), isWorkingDay)).toBe(expected)
})
