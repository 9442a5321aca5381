import { describe, expect, test } from 'vitest'
import { calendarOf, compiled, hanoi, splitWeek } from '#server/calendars/rules/test-calendars.ts'
import { alwaysOpen } from '#server/calendars/rules/working-time.ts'
import { afterQuiet, daysAfter, forgottenAt, shownAt, stepsReached } from './escalation.ts'

const hours = compiled(calendarOf(splitWeek))
const friday = hanoi('2026-09-04 16:30')
const ticking = {
  dueAt: friday,
  soonAt: hanoi('2026-09-04 10:00'),
  pausedAt: null,
  lastWorkAt: hanoi('2026-09-03 10:00'),
  isAssigned: true,
  headAfterDays: 1,
  cityAfterDays: 3,
  forgottenAfterDays: 2,
}
const steps = (at: string, changes: Partial<typeof ticking> | { pausedAt: Date } = {}) =>
  stepsReached({ ...ticking, ...changes }, hanoi(at), hours).map(({ step }) => step)

describe('the escalation', () => {
  test.each([
    ['2026-09-04 09:59', []],
    ['2026-09-04 10:00', ['due_soon']],
    ['2026-09-04 16:30', ['due_soon']],
    ['2026-09-04 16:31', ['due_soon', 'overdue']],
    // A weekend has no working days.
    ['2026-09-07 16:29', ['due_soon', 'overdue']],
    ['2026-09-07 16:30', ['due_soon', 'overdue', 'overdue_day']],
    ['2026-09-09 16:29', ['due_soon', 'overdue', 'overdue_day']],
    ['2026-09-09 16:30', ['due_soon', 'overdue', 'overdue_day', 'overdue_days']],
  ])('at %s has reached %j', (at, reached) => {
    expect(steps(at)).toEqual(reached)
  })

  test.each([
    ['2026-09-08 16:29', 2, 4, ['due_soon', 'overdue']],
    ['2026-09-10 16:30', 2, 4, ['due_soon', 'overdue', 'overdue_day', 'overdue_days']],
    ['2026-09-08 16:30', 2, 4, ['due_soon', 'overdue', 'overdue_day']],
  ])('at %s, with %i and %i days of the category, has reached %j', (at, headAfterDays, cityAfterDays, reached) => {
    expect(steps(at, { headAfterDays, cityAfterDays })).toEqual(reached)
  })

  test('does not apply to a report that is paused or has no deadline', () => {
    expect(steps('2026-09-20 10:00', { pausedAt: friday })).toEqual([])
    expect(stepsReached({ ...ticking, dueAt: null }, hanoi('2026-09-20 10:00'), hours)).toEqual([])
  })

  test('begins again with another due instant', () => {
    const extended = hanoi('2026-09-11 16:30')
    const at = hanoi('2026-09-11 17:00')
    expect(stepsReached({ ...ticking, dueAt: extended }, at, hours)[0]?.about).toEqual(extended)
  })
})

test.each([
  ['2026-09-07 09:59', {}, false],
  ['2026-09-07 10:00', {}, true],
  ['2026-09-07 10:00', { forgottenAfterDays: 3 }, false],
  ['2026-09-08 10:00', { forgottenAfterDays: 3 }, true],
  ['2026-09-07 10:00', { isAssigned: false }, false],
  ['2026-09-07 10:00', { pausedAt: friday }, false],
])('at %s with %j a report is forgotten: %s', (at, changes, expected) => {
  expect(forgottenAt({ ...ticking, ...changes }, hanoi(at), hours) !== null).toBe(expected)
})

test.each([
  [1, '2026-09-07 10:00'],
  [5, '2026-09-11 10:00'],
  [30, '2026-10-16 10:00'],
])('a citizen asked on Friday at ten, with %i working days, counts as silent from %s', (days, at) => {
  expect(daysAfter(hanoi('2026-09-04 10:00'), days, hours)).toEqual(hanoi(at))
})

describe('a notification', () => {
  test.each([
    ['2026-09-04 10:00', '2026-09-04 10:00'],
    ['2026-09-04 12:15', '2026-09-04 13:30'],
    ['2026-09-04 18:00', '2026-09-07 08:00'],
  ])('of %s is shown at %s', (at, shown) => {
    expect(shownAt(hanoi(at), hours, false)).toEqual(hanoi(shown))
  })

  test('of a report that runs day and night does not wait for office hours', () => {
    expect(shownAt(hanoi('2026-09-05 03:00'), hours, true)).toEqual(hanoi('2026-09-05 03:00'))
  })

  test.each([
    ['2026-09-04 16:00', null, '2026-09-04 16:00'],
    ['2026-09-04 16:00', '2026-09-04 15:00', '2026-09-07 09:30'],
    ['2026-09-07 16:00', '2026-09-04 15:00', '2026-09-07 16:00'],
  ])('of %s to a recipient who read about it at %s is shown at %s', (shown, read, expected) => {
    expect(afterQuiet(hanoi(shown), read === null ? null : hanoi(read), hours)).toEqual(hanoi(expected))
  })

  test('is delayed by four plain hours if the clock runs day and night', () => {
    const read = hanoi('2026-09-05 03:00')
    expect(afterQuiet(read, read, alwaysOpen)).toEqual(hanoi('2026-09-05 07:00'))
  })
})
