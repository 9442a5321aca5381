import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCalendar } from './compiled-calendar.ts'
import { calendarOf, closed, compiled, hanoi, splitWeek } from './test-calendars.ts'
import {
  type CalendarDay,
  dueAt,
  type Interval,
  isOpenAt,
  nextClosedGap,
  openMinutesBetween,
  slicesCounted,
  type Weekly,
} from './working-time.ts'

describe('zones', () => {
  test('a day on which the clock changes keeps its office hours', () => {
    const berlin = { ...calendarOf({ 7: [[60, 240]] }), zone: 'Europe/Berlin' }
    const time = compileCalendar(berlin, new Date('2026-03-01T00:00Z'), new Date('2026-04-30T00:00Z'))
    // 29 March 2026: 02:00 becomes 03:00, so 01:00–04:00 lasts two hours.
    expect(openMinutesBetween(new Date('2026-03-29T00:00Z'), new Date('2026-03-29T23:00Z'), time)).toBe(120)
    expect(openMinutesBetween(new Date('2026-04-04T22:00Z'), new Date('2026-04-05T22:00Z'), time)).toBe(180)
    expect(isOpenAt(new Date('2026-04-04T23:00Z'), time)).toBe(true)
  })

  test('the time zone of the server has no effect', () => {
    const program = `
      const { compileCalendar } = await import('#server/calendars/rules/compiled-calendar.ts')
      const { dueAt } = await import('#server/calendars/rules/working-time.ts')
      const { calendarOf, closed, splitWeek, worked } = await import('#server/calendars/rules/test-calendars.ts')
      const days = [worked('2026-09-05'), closed('2026-09-07', [480, 600])]
      const time = compileCalendar(calendarOf(splitWeek, days), new Date('2026-01-01T00:00Z'), new Date('2026-12-31T00:00Z'))
      const dues = Array.from({ length: 500 }, (_, i) =>
        dueAt(new Date(Date.UTC(2026, 0, 1) + i * 50_021_000), (i * 37) % 3000, time).toISOString())
      console.log(JSON.stringify([new Date(Date.UTC(2026, 6, 1)).getHours(), dues]))`
    const runIn = (zone: string): [number, string[]] => {
      const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
        env: { ...process.env, TZ: zone, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
        encoding: 'utf8',
      })
      return JSON.parse(printed)
    }
    const [hourThere, expected] = runIn('Asia/Ho_Chi_Minh')
    expect(hourThere).toBe(7)
    for (const zone of ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Europe/Berlin']) {
      const [hour, dues] = runIn(zone)
      expect(hour, zone).not.toBe(7)
      expect(dues, zone).toEqual(expected)
    }
  })
})

describe('for every calendar', () => {
  const start = hanoi('2026-08-01 00:00').getTime()
  const instants = fc.integer({ min: 0, max: 90 * 1440 }).map((minute) => new Date(start + minute * 60_000))
  const minutes = fc.integer({ min: 0, max: 5000 })
  const intervals = fc
    .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 2, maxLength: 6 })
    .map((edges) => edges.toSorted((a, b) => a - b).map((edge) => edge * 30))
    .map((edges) => edges.flatMap((from, i): Interval[] => (i % 2 === 0 ? [[from, edges[i + 1] ?? 1440]] : [])))
  const dates = fc
    .integer({ min: 0, max: 120 })
    .map((day) => new Date(start + day * 86_400_000).toISOString().slice(0, 10))
  const exceptions = fc.record({
    date: dates,
    kind: fc.constantFrom('closed' as const, 'working' as const),
    intervals: fc.option(intervals),
  })
  const weeks = fc
    .tuple(intervals, fc.array(fc.option(intervals), { minLength: 6, maxLength: 6 }))
    .map(([monday, rest]): Weekly => {
      const entries = rest.flatMap((hours, i) => (hours ? [[String(i + 2), hours] as const] : []))
      return { 1: monday, ...Object.fromEntries(entries) }
    })
  const calendars = fc
    .tuple(weeks, fc.array(exceptions, { maxLength: 12 }))
    .map(([week, days]) => calendarOf(week, days))

  test('due is never in closed time', () => {
    fc.assert(
      fc.property(calendars, instants, minutes, (calendar, received, target) => {
        const time = compiled(calendar)
        const due = dueAt(received, target, time)
        expect(due >= received).toBe(true)
        expect(isOpenAt(due, time) || isOpenAt(new Date(due.getTime() - 1), time)).toBe(true)
      }),
    )
  })

  test('exactly the target is open between received and due', () => {
    fc.assert(
      fc.property(calendars, instants, minutes, (calendar, received, target) => {
        const time = compiled(calendar)
        const due = dueAt(received, target, time)
        expect(openMinutesBetween(received, due, time)).toBe(target)
        const listed = slicesCounted(received, due, time)
        expect(listed.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0)).toBe(target * 60_000)
      }),
    )
  })

  test('later received or a longer target is never due earlier', () => {
    fc.assert(
      fc.property(calendars, instants, instants, minutes, minutes, (calendar, a, b, x, y) => {
        const time = compiled(calendar)
        const [early, late] = a < b ? [a, b] : [b, a]
        const [short, long] = x < y ? [x, y] : [y, x]
        expect(dueAt(early, short, time) <= dueAt(late, short, time)).toBe(true)
        expect(dueAt(early, short, time) <= dueAt(early, long, time)).toBe(true)
      }),
    )
  })

  test('a target may be walked in two steps', () => {
    fc.assert(
      fc.property(calendars, instants, minutes, minutes, (calendar, received, x, y) => {
        const time = compiled(calendar)
        fc.pre(y > 0)
        expect(dueAt(dueAt(received, x, time), y, time)).toEqual(dueAt(received, x + y, time))
      }),
    )
  })

  test('an additional holiday never makes due earlier', () => {
    fc.assert(
      fc.property(
        calendars,
        dates,
        fc.option(intervals),
        instants,
        minutes,
        (calendar, date, part, received, target) => {
          const holiday: CalendarDay = { date, kind: 'closed', intervals: part }
          const more = compiled({ ...calendar, days: [...calendar.days, holiday] })
          expect(dueAt(received, target, more) >= dueAt(received, target, compiled(calendar))).toBe(true)
        },
      ),
    )
  })

  test('the window a calendar was compiled for has no effect', () => {
    fc.assert(
      fc.property(calendars, instants, instants, instants, minutes, (calendar, from, to, received, target) => {
        const narrow = compileCalendar(calendar, from, to)
        const wide = compileCalendar(calendar, hanoi('2025-01-01 00:00'), hanoi('2028-01-01 00:00'))
        expect(dueAt(received, target, narrow)).toEqual(dueAt(received, target, wide))
        expect(nextClosedGap(received, narrow)).toEqual(nextClosedGap(received, wide))
        expect(openMinutesBetween(from, received, narrow)).toBe(openMinutesBetween(from, received, wide))
      }),
    )
  })
})

test('a query into the past extends the window, and ends where the hours begin', () => {
  const day = 480 * 60_000
  const at = hanoi('2026-03-04 12:00')
  const time = compileCalendar(calendarOf(splitWeek), hanoi('2026-03-02 00:00'), at)
  const known = time.openBefore(at.getTime())
  expect(new Date(time.reach(known - 4 * day))).toEqual(hanoi('2026-02-26 12:00'))
  expect(Number.isFinite(time.reach(known - 100_000 * day))).toBe(true)
})

test('a million deadlines take about a second', () => {
  const holidays = Array.from({ length: 36 }, (_, i) =>
    closed(`${2024 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-10`),
  )
  const time = compileCalendar(calendarOf(splitWeek, holidays), hanoi('2024-01-01 00:00'), hanoi('2027-01-01 00:00'))
  const first = hanoi('2024-01-01 00:00').getTime()
  const began = performance.now()
  let latest = 0
  for (let i = 0; i < 1_000_000; i++) {
    latest = Math.max(latest, dueAt(new Date(first + (i % 9000) * 10_000_000), 240 + (i % 20) * 120, time).getTime())
  }
  expect(latest).toBeGreaterThan(first)
  // Ten times what it takes on a slow machine: a bound against a change in the order of growth, not a measurement.
  expect(performance.now() - began).toBeLessThan(10_000)
})
