import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClockTime } from '#server/calendars/rules/deadlines.ts'
import { calendarOf, compiled, hanoi, officeWeek } from '#server/calendars/rules/test-calendars.ts'
import { deadlineOf } from '#server/reports/queries/clock-views.ts'
import { openTimeOf } from '#server/reports/queries/working-times.ts'
import { deadlineNow } from './countdown.ts'

const at = (time: string) => new Date(`2026-03-02T${time}:00+07:00`)
/** At 16:00 the city has been open for two hours since the row was counted. */
const fromDue = { openMinutes: 5120, minutesPerDay: 480 }
const row = (kind: 'in_time' | 'soon' | 'overdue', minutes: number, clockTime: string | null = 'office') => ({
  deadline: { kind, minutes, minutesPerDay: 480, dueAt: at('16:00'), soonAt: at('15:00'), pausedAt: null, fromDue },
  clockTime,
  countedAt: at('14:00'),
  openTime: { office: 1000, city: 5000 },
})

describe('a row counts down', () => {
  test('by the working minutes that have passed on its calendar', () => {
    expect(deadlineNow(row('in_time', 120), at('14:30'), { office: 1030 })).toMatchObject({
      kind: 'in_time',
      minutes: 90,
    })
  })
  test('not at all while its calendar is closed', () => {
    expect(deadlineNow(row('in_time', 120), at('14:30'), { office: 1000 }).minutes).toBe(120)
  })
  test('into the last quarter, and past the due instant', () => {
    expect(deadlineNow(row('in_time', 120), at('15:00'), { office: 1060 })).toMatchObject({ kind: 'soon', minutes: 60 })
    expect(deadlineNow(row('soon', 60), at('16:20'), { office: 1080, city: 5140 })).toMatchObject({
      kind: 'overdue',
      minutes: 20,
    })
  })
  test('and increases once it is overdue, by the city’s calendar', () => {
    const due = { dueAt: at('13:30'), fromDue: { ...fromDue, openMinutes: 4970 } }
    const late = { ...row('overdue', 30), deadline: { ...row('overdue', 30).deadline, ...due } }
    const openNow = { office: 1000, city: 5045 }
    expect(deadlineNow(late, at('14:45'), openNow)).toMatchObject({ kind: 'overdue', minutes: 75 })
    const atNight = { ...late, clockTime: 'always', deadline: { ...late.deadline, minutesPerDay: 1440 } }
    expect(deadlineNow(atNight, at('14:30'), openNow)).toMatchObject({ kind: 'overdue', minutes: 60 })
  })
  test('by real time where the clock runs day and night', () => {
    expect(deadlineNow(row('in_time', 120, 'always'), at('14:30'), { office: 1000 }).minutes).toBe(90)
  })
})

test('a paused row and one without a deadline stay as they are', () => {
  for (const kind of ['paused', 'none'] as const) {
    const still = { ...row('in_time', 0), deadline: { ...row('in_time', 0).deadline, kind, dueAt: null } }
    expect(deadlineNow(still, at('15:00'), { office: 2000 })).toBe(still.deadline)
  }
})

test('a row left open says of a missed deadline what the server would say, whatever calendar its clock runs by', () => {
  const city = compiled(calendarOf(officeWeek([480, 720], [780, 1020])))
  const company = compiled(calendarOf({ ...officeWeek([480, 660], [840, 1020]), 6: [[480, 660]] }))
  const times = { calendars: new Map(Object.entries({ city, company })), city }
  const dueAt = hanoi('2026-09-04 10:00')
  const clock = fc.record({
    hoursBefore: fc.double({ min: -24, max: 72, noNaN: true }),
    hoursLate: fc.double({ min: 0.1, max: 24 * 10, noNaN: true }),
    time: fc.constantFrom<ClockTime>('working', 'always'),
    calendar: fc.constantFrom('city', 'company'),
  })
  fc.assert(
    fc.property(clock, ({ hoursBefore, hoursLate, time, calendar }) => {
      const [loaded, now] = [-hoursBefore, hoursLate].map((hours) => new Date(dueAt.getTime() + hours * 3_600_000))
      const hours = { time, working: calendar === 'city' ? city : company }
      const seenAt = (at: Date) => deadlineOf({ dueAt, soonAt: null, pausedAt: null }, hours, city, at)
      const open = {
        deadline: seenAt(loaded as Date),
        clockTime: time === 'always' ? 'always' : calendar,
        countedAt: loaded as Date,
        openTime: openTimeOf(times, loaded as Date),
      }
      const counted = deadlineNow(open, now as Date, openTimeOf(times, now as Date))
      const said = seenAt(now as Date)
      expect([counted.kind, counted.minutesPerDay]).toEqual([said.kind, said.minutesPerDay])
      expect(Math.abs(counted.minutes - said.minutes)).toBeLessThan(0.01)
    }),
  )
})
