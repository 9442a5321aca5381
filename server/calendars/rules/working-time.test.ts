import { describe, expect, test } from 'vitest'
import { calendarOf, closed, compiled, hanoi, officeWeek, splitWeek, worked } from './test-calendars.ts'
import {
  alwaysOpen,
  dueAt,
  isOpenAt,
  nextClosedGap,
  openMinutesBetween,
  slicesCounted,
  type WorkingTime,
} from './working-time.ts'

const plain = compiled(calendarOf(splitWeek))

describe('the due instants of the rule book', () => {
  const nineToFive = compiled(calendarOf(officeWeek([540, 1020])))
  const twoHolidays = compiled(calendarOf(splitWeek, [closed('2026-09-03'), closed('2026-09-04')]))
  const makeUpSaturday = compiled(calendarOf(splitWeek, [worked('2026-09-05')]))

  test.each<[string, string, number, WorkingTime, string]>([
    ['an hour that spans the weekend', '2026-09-04 16:30', 60, nineToFive, '2026-09-07 09:30'],
    ['two hours received late on Friday', '2026-09-04 17:00', 120, plain, '2026-09-07 09:30'],
    ['a whole day received on Saturday', '2026-09-05 10:00', 480, plain, '2026-09-07 17:30'],
    ['two days of holiday before a weekend', '2026-09-02 16:30', 240, twoHolidays, '2026-09-07 11:00'],
    ['an hour across lunch', '2026-09-02 11:30', 60, plain, '2026-09-02 14:00'],
    ['a Saturday that makes up for a day off', '2026-09-04 17:00', 120, makeUpSaturday, '2026-09-05 09:30'],
    ['received exactly at closing time', '2026-09-02 17:30', 1, plain, '2026-09-03 08:01'],
  ])('%s', (_name, received, target, time, due) => {
    expect(dueAt(hanoi(received), target, time)).toEqual(hanoi(due))
  })
})

describe('dueAt', () => {
  test('time used up exactly at closing ends at closing, not at the next opening', () => {
    expect(dueAt(hanoi('2026-09-04 13:30'), 240, plain)).toEqual(hanoi('2026-09-04 17:30'))
    expect(dueAt(hanoi('2026-09-04 11:00'), 60, plain)).toEqual(hanoi('2026-09-04 12:00'))
  })

  test('a target of zero is due at once, or at the next opening', () => {
    expect(dueAt(hanoi('2026-09-04 09:00'), 0, plain)).toEqual(hanoi('2026-09-04 09:00'))
    expect(dueAt(hanoi('2026-09-04 17:30'), 0, plain)).toEqual(hanoi('2026-09-04 17:30'))
    expect(dueAt(hanoi('2026-09-04 17:31'), 0, plain)).toEqual(hanoi('2026-09-07 08:00'))
  })

  test('a negative target is a defect', () => {
    expect(() => dueAt(hanoi('2026-09-04 09:00'), -1, plain)).toThrow(RangeError)
    expect(() => dueAt(hanoi('2026-09-04 09:00'), Number.NaN, plain)).toThrow(RangeError)
  })

  test('day and night it is the plain sum', () => {
    expect(dueAt(hanoi('2026-09-05 22:15'), 240, alwaysOpen)).toEqual(hanoi('2026-09-06 02:15'))
  })
})

describe('the queries of the popover and the preview', () => {
  test('the slices counted between received and due', () => {
    const received = hanoi('2026-09-04 11:30')
    expect(slicesCounted(received, dueAt(received, 330, plain), plain)).toEqual([
      { from: hanoi('2026-09-04 11:30'), to: hanoi('2026-09-04 12:00') },
      { from: hanoi('2026-09-04 13:30'), to: hanoi('2026-09-04 17:30') },
      { from: hanoi('2026-09-07 08:00'), to: hanoi('2026-09-07 09:00') },
    ])
    expect(slicesCounted(hanoi('2026-09-05 09:00'), hanoi('2026-09-06 09:00'), plain)).toEqual([])
    expect(slicesCounted(hanoi('2026-09-05 09:00'), hanoi('2026-09-06 09:00'), alwaysOpen)).toEqual([
      { from: hanoi('2026-09-05 09:00'), to: hanoi('2026-09-06 09:00') },
    ])
  })

  test('the next closed time, or what is left of the current one', () => {
    expect(nextClosedGap(hanoi('2026-09-04 09:00'), plain)).toEqual({
      from: hanoi('2026-09-04 12:00'),
      to: hanoi('2026-09-04 13:30'),
    })
    expect(nextClosedGap(hanoi('2026-09-04 17:30'), plain)).toEqual({
      from: hanoi('2026-09-04 17:30'),
      to: hanoi('2026-09-07 08:00'),
    })
    expect(nextClosedGap(hanoi('2026-09-05 10:00'), plain)?.from).toEqual(hanoi('2026-09-05 10:00'))
  })

  test('day and night have no closed time, entered as such or as a calendar of full days', () => {
    const fullDay: [number, number] = [0, 1440]
    const everyDay = compiled(calendarOf({ ...officeWeek(fullDay), 6: [fullDay], 7: [fullDay] }))
    expect(nextClosedGap(hanoi('2026-09-05 10:00'), alwaysOpen)).toBeNull()
    expect(nextClosedGap(hanoi('2026-09-05 10:00'), everyDay)).toBeNull()
    expect(dueAt(hanoi('2026-09-05 22:15'), 9000, everyDay)).toEqual(dueAt(hanoi('2026-09-05 22:15'), 9000, alwaysOpen))
    expect(isOpenAt(hanoi('2026-09-06 00:00'), everyDay)).toBe(true)
  })

  test('open at the minute of opening, closed at the minute of closing', () => {
    expect(isOpenAt(hanoi('2026-09-04 08:00'), plain)).toBe(true)
    expect(isOpenAt(hanoi('2026-09-04 12:00'), plain)).toBe(false)
    expect(isOpenAt(hanoi('2026-09-04 07:59'), plain)).toBe(false)
    expect(isOpenAt(hanoi('2026-09-05 09:00'), plain)).toBe(false)
  })

  test('open time between two instants has a sign', () => {
    expect(openMinutesBetween(hanoi('2026-09-04 17:00'), hanoi('2026-09-07 08:30'), plain)).toBe(60)
    expect(openMinutesBetween(hanoi('2026-09-07 08:30'), hanoi('2026-09-04 17:00'), plain)).toBe(-60)
  })
})
