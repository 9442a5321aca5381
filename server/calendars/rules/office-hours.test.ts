import { describe, expect, test } from 'vitest'
import { calendarOf, closed, compiled, hanoi, officeWeek, splitWeek, worked } from './test-calendars.ts'
import {
  alwaysOpen,
  type CalendarDay,
  type CalendarVersion,
  dueAt,
  minutesPerDay,
  nextClosedGap,
  openMinutesBetween,
  slicesCounted,
  type Weekly,
} from './working-time.ts'

describe('days that differ from the weekly hours', () => {
  test.each<[string, CalendarDay[], string, number, string]>([
    ['closed from 15:30 on', [closed('2026-09-04', [930, 1440])], '2026-09-04 14:30', 90, '2026-09-07 08:30'],
    ['closed in the middle of a shift', [closed('2026-09-04', [540, 600])], '2026-09-04 08:30', 60, '2026-09-04 10:30'],
    ['two part closures', [closed('2026-09-04', [540, 600], [630, 810])], '2026-09-04 08:30', 90, '2026-09-04 14:00'],
    [
      'closed outside hours changes nothing',
      [closed('2026-09-04', [720, 810])],
      '2026-09-04 11:30',
      60,
      '2026-09-04 14:00',
    ],
    ['a Saturday morning worked', [worked('2026-09-05', [480, 690])], '2026-09-04 17:00', 300, '2026-09-07 09:00'],
    ['a long day on a weekday', [worked('2026-09-04', [480, 1200])], '2026-09-04 17:00', 120, '2026-09-04 19:00'],
    [
      'both worked and closed: closed',
      [worked('2026-09-05'), closed('2026-09-05')],
      '2026-09-04 17:00',
      120,
      '2026-09-07 09:30',
    ],
    [
      'a make-up day that closes early',
      [worked('2026-09-05'), closed('2026-09-05', [540, 1440])],
      '2026-09-04 17:00',
      120,
      '2026-09-07 08:30',
    ],
  ])('%s', (_name, days, received, target, due) => {
    expect(dueAt(hanoi(received), target, compiled(calendarOf(splitWeek, days)))).toEqual(hanoi(due))
  })

  test('a make-up day has the hours of the first weekday that has any', () => {
    const lateWeek: Weekly = { 2: [[600, 660]], 6: [[0, 30]] }
    const time = compiled(calendarOf(lateWeek, [worked('2026-09-06')]))
    expect(slicesCounted(hanoi('2026-09-06 00:00'), hanoi('2026-09-07 00:00'), time)).toEqual([
      { from: hanoi('2026-09-06 10:00'), to: hanoi('2026-09-06 11:00') },
    ])
  })
})

describe('versions of a calendar', () => {
  const first = { validFrom: '2020-01-01', validTo: '2026-09-04', weekly: splitWeek }
  const second = { validFrom: '2026-09-05', validTo: null, weekly: officeWeek([420, 660]) }
  const versionsOf = (...versions: CalendarVersion[]) => compiled({ ...calendarOf(splitWeek), versions })
  const summer = versionsOf(first, second)

  test('hours change in the middle of a clock', () => {
    expect(dueAt(hanoi('2026-09-04 16:30'), 120, summer)).toEqual(hanoi('2026-09-07 08:00'))
  })

  test('the last day of a version is in force to its end', () => {
    expect(openMinutesBetween(hanoi('2026-09-04 00:00'), hanoi('2026-09-05 00:00'), summer)).toBe(480)
  })

  test('if two overlap, the one that began later applies', () => {
    const overlapping = versionsOf(second, { ...first, validTo: null })
    expect(dueAt(hanoi('2026-09-04 16:30'), 120, overlapping)).toEqual(hanoi('2026-09-07 08:00'))
  })

  test('a day without a version has no hours', () => {
    const gap = versionsOf(first, { ...second, validFrom: '2026-09-14' })
    expect(dueAt(hanoi('2026-09-04 16:30'), 120, gap)).toEqual(hanoi('2026-09-14 08:00'))
  })

  test('if the hours end permanently, there is no due instant', () => {
    const emptied = versionsOf({ ...first, validTo: null }, { ...second, weekly: {} })
    for (const ended of [versionsOf(first), emptied, compiled(calendarOf({})), versionsOf()]) {
      expect(() => dueAt(hanoi('2026-09-04 16:30'), 120, ended)).toThrow('calendar_too_short')
      expect(nextClosedGap(hanoi('2026-09-04 17:30'), ended)).toBeNull()
      expect(openMinutesBetween(hanoi('2026-09-05 00:00'), hanoi('2030-01-01 00:00'), ended)).toBe(0)
    }
  })

  test('the length of a working day is that of the version in force', () => {
    expect(minutesPerDay(summer, hanoi('2026-09-04 23:59'))).toBe(480)
    expect(minutesPerDay(summer, hanoi('2026-09-05 00:00'))).toBe(240)
    expect(minutesPerDay(summer, hanoi('2019-01-01 00:00'))).toBe(480)
    expect(minutesPerDay(compiled(calendarOf({ ...splitWeek, 6: [[480, 720]] })), hanoi('2026-09-05 09:00'))).toBe(480)
    expect(minutesPerDay(compiled(calendarOf({})), hanoi('2026-09-05 09:00'))).toBe(480)
    expect(minutesPerDay(alwaysOpen, hanoi('2026-09-05 09:00'))).toBe(1440)
  })
})
