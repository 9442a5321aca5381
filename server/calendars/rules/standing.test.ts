import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClockTime } from './deadlines.ts'
import { measureOf, standingOf } from './standing.ts'
import { calendarOf, closed, compiled, hanoi, officeWeek } from './test-calendars.ts'

// The city works eight hours on weekdays; a company works six, on Saturdays too, and was closed for three days.
const city = compiled(calendarOf(officeWeek([480, 720], [780, 1020])))
const company = compiled(
  calendarOf({ ...officeWeek([480, 660], [840, 1020]), 6: [[480, 660]] }, [
    closed('2026-09-01'),
    closed('2026-09-02'),
    closed('2026-09-03'),
  ]),
)
const now = hanoi('2026-09-08 10:00')
const deadline = (due: string, soon = due) => ({ dueAt: hanoi(due), soonAt: hanoi(soon), pausedAt: null })

describe('the state of a deadline', () => {
  test.each([
    // What is left is counted in the hours of the clock itself.
    ['working', '2026-09-08 16:00', { kind: 'in_time', minutes: 180, minutesPerDay: 360 }, 'hours'],
    ['working', '2026-09-10 10:00', { kind: 'in_time', minutes: 720, minutesPerDay: 360 }, 'days'],
    ['always', '2026-09-09 10:00', { kind: 'in_time', minutes: 1440, minutesPerDay: 1440 }, 'nights'],
    // What is overdue is counted by the city's calendar, on which the company's closed days were open.
    ['working', '2026-09-08 08:30', { kind: 'overdue', minutes: 90, minutesPerDay: 480 }, 'hours'],
    ['working', '2026-09-02 10:00', { kind: 'overdue', minutes: 4 * 480, minutesPerDay: 480 }, 'days'],
    // A Saturday on which only the company works does not count.
    ['working', '2026-09-05 09:00', { kind: 'overdue', minutes: 480 + 120, minutesPerDay: 480 }, 'days'],
    // A clock that runs at night counts the night, and after a working day is counted as all others are.
    ['always', '2026-09-07 22:00', { kind: 'overdue', minutes: 720, minutesPerDay: 1440 }, 'nights'],
    ['always', '2026-09-04 10:00', { kind: 'overdue', minutes: 2 * 480, minutesPerDay: 480 }, 'days'],
  ] as const)('of a clock by %s hours, due %s', (time, due, expected, measure) => {
    const standing = standingOf(deadline(due, '2026-10-01 00:00'), now, { time, working: company }, city)
    expect(standing).toEqual(expected)
    expect(measureOf(standing)).toBe(measure)
  })

  test('has no measure while it is paused or has no deadline', () => {
    for (const pausedAt of [now, null]) {
      const none = { dueAt: null, soonAt: null, pausedAt }
      expect(measureOf(standingOf(none, now, { time: 'working', working: company }, city))).toBeNull()
    }
  })
})

test('what is overdue falls with the order of the due instants, whatever calendar each clock runs by', () => {
  const clock = fc.record({
    hoursAgo: fc.double({ min: 0.1, max: 24 * 30, noNaN: true }),
    time: fc.constantFrom<ClockTime>('working', 'always'),
    working: fc.constantFrom(city, company),
  })
  fc.assert(
    fc.property(fc.array(clock, { minLength: 2, maxLength: 12 }), (clocks) => {
      const rows = clocks
        .toSorted((a, b) => b.hoursAgo - a.hoursAgo)
        .map(({ hoursAgo, ...hours }) => {
          const dueAt = new Date(now.getTime() - hoursAgo * 3_600_000)
          return standingOf({ dueAt, soonAt: dueAt, pausedAt: null }, now, hours, city)
        })
      for (const nights of [true, false]) {
        const minutes = rows.filter((row) => (measureOf(row) === 'nights') === nights).map((row) => row.minutes)
        expect(minutes).toEqual(minutes.toSorted((a, b) => b - a))
      }
      // No row that counts nights comes before one that is a working day late or more.
      const lastLong = rows.findLastIndex((row) => measureOf(row) === 'days')
      expect(rows.slice(0, lastLong + 1).filter((row) => measureOf(row) === 'nights')).toEqual([])
    }),
  )
})
