import { expect, test } from 'vitest'
import { calendarOf, closed, compiled, splitWeek } from '#server/calendars/rules/test-calendars.ts'
import { explanationLimits, isDueDay, keptOf, workingDayAfter } from './explanations.ts'

test.each([
  ['2026-09-03', false],
  ['2026-09-04', true],
  ['2026-11-03', true],
  ['2026-11-04', false],
])('asked on 4 September, an explanation may be due on %s: %s', (day, may) => {
  expect(isDueDay(day, '2026-09-04')).toBe(may)
})

test.each([
  ['2026-09-03', '2026-09-04'],
  ['2026-09-04', '2026-09-08'],
  ['2026-09-05', '2026-09-08'],
])('the working day after %s is %s, as the 7th is a holiday', (day, next) => {
  expect(workingDayAfter(day, compiled(calendarOf(splitWeek, [closed('2026-09-07')])))).toBe(next)
})

test('of a risk that counts more, the first reports are kept', () => {
  const counted = Array.from({ length: explanationLimits.reports + 1 }, (_, place) => place + 1)
  expect(keptOf(counted)).toEqual(counted.slice(0, -1))
  expect(keptOf([3, 2])).toEqual([3, 2])
})
