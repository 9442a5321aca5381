import { expect, test } from 'vitest'
import { hanoi, isWorkingDayOf2026 as isWorkingDay } from '#server/calendars/rules/test-calendars.ts'
import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { nextRunAt } from './mailing.ts'
import {
  boardOf,
  comparableSpans,
  daysOfMailing,
  lastDayOf,
  lastEnded,
  parseWeekly,
  stepped,
  weeklyAddress,
} from './weekly-period.ts'

test.for([
  ['weekly', '2026-11-26', '2026-11-16', '2026-11-22'],
  ['weekly', '2026-11-23', '2026-11-16', '2026-11-22'],
  ['weekly', '2026-11-22', '2026-11-09', '2026-11-15'],
  ['weekly', '2027-01-01', '2026-12-21', '2026-12-27'],
  ['daily', '2026-11-26', '2026-11-25', '2026-11-25'],
  ['daily', '2027-01-01', '2026-12-31', '2026-12-31'],
  ['daily', '2028-03-01', '2028-02-29', '2028-02-29'],
  ['monthly', '2026-11-26', '2026-10-01', '2026-10-31'],
  ['monthly', '2026-03-01', '2026-02-01', '2026-02-28'],
  ['monthly', '2026-01-31', '2025-12-01', '2025-12-31'],
  ['monthly', '2028-03-15', '2028-02-01', '2028-02-29'],
] as const)('the last %s period before %s is %s to %s', ([edition, today, from, to]) => {
  expect([lastEnded(edition, today), lastDayOf({ edition, from })]).toEqual([from, to])
})

test('steps lead back to the launch and on to the last that has ended', () => {
  expect(stepped({ edition: 'weekly', from: '2026-11-16' }, 1, '2026-11-26')).toBeNull()
  expect(stepped({ edition: 'weekly', from: '2026-11-09' }, 1, '2026-11-26')).toBe('2026-11-16')
  expect(stepped({ edition: 'monthly', from: '2026-03-01' }, -1, '2026-11-26')).toBe('2026-02-01')
  expect(stepped({ edition: 'monthly', from: '2026-01-01' }, 1, '2026-11-26')).toBe('2026-02-01')
  expect(stepped({ edition: 'daily', from: '2026-11-25' }, 1, '2026-11-26')).toBeNull()
  expect(stepped({ edition: 'daily', from: '2026-11-24' }, 1, '2026-11-26')).toBe('2026-11-25')
  expect(stepped({ edition: 'daily', from: '2026-03-01' }, -1, '2026-11-26')).toBe('2026-02-28')
  expect(stepped({ edition: 'daily', from: '2024-06-28' }, -1, '2026-11-26')).toBeNull()
  expect(stepped({ edition: 'weekly', from: '2024-06-24' }, -1, '2026-11-26')).toBeNull()
  expect(stepped({ edition: 'monthly', from: '2024-06-01' }, -1, '2026-11-26')).toBeNull()
})

test('an address says which; an invalid one is the last week that ended', () => {
  const read = (text: string) => parseWeekly(Object.fromEntries(new URLSearchParams(text)), '2026-11-26')
  const last = { edition: 'weekly', from: '2026-11-16', agency: null }
  for (const text of ['', 'from=2026-11-30', 'from=nonsense', 'from=2026-13-40', 'edition=yearly', 'agency=A%20B']) {
    expect(read(text)).toEqual(last)
  }
  expect(read('from=2026-11-11')).toEqual({ ...last, from: '2026-11-09' })
  expect(read('from=2019-01-01')).toEqual({ ...last, from: '2024-06-24' })
  expect(read('edition=monthly&from=2026-02-20&agency=so-xd')).toEqual({
    edition: 'monthly',
    from: '2026-02-01',
    agency: 'so-xd',
  })
  expect(read('edition=daily&from=2026-11-17')).toEqual({ edition: 'daily', from: '2026-11-17', agency: null })
  expect(read('edition=daily&from=2026-11-26')).toEqual({ edition: 'daily', from: '2026-11-25', agency: null })
  expect(read('edition=daily&from=2019-01-01')).toEqual({ edition: 'daily', from: '2024-06-28', agency: null })
  const question = { edition: 'monthly', from: '2026-02-01', agency: 'so-xd' } as const
  expect(read(weeklyAddress(question).split('?')[1] ?? '')).toEqual(question)
})

test.for([
  ['a Tuesday', '2026-03-10', '2026-03-09', undefined],
  ['a Monday: Friday and the weekend', '2026-03-09', '2026-03-06', '2026-03-08'],
  ['the make-up Saturday', '2026-02-14', '2026-02-13', undefined],
  ['the day after Tết: all of its days', '2026-02-23', '2026-02-14', '2026-02-22'],
] as const)('a daily letter on working days reports on %s', ([, on, from, to]) => {
  const days = daysOfMailing({ edition: 'daily', onWorkingDays: true }, on, isWorkingDay)
  expect(days).toEqual({ edition: 'daily', from, ...(to && { to }) })
})

test('the daily letters of a year on working days together cover each day exactly once', () => {
  const rhythm = { edition: 'daily', day: 1, minute: 435, onWorkingDays: true } as const
  const covered: LocalDay[] = []
  let at = nextRunAt(rhythm, hanoi('2026-01-05 12:00'), isWorkingDay)
  for (; at < hanoi('2026-12-01 00:00'); at = nextRunAt(rhythm, at, isWorkingDay)) {
    const days = daysOfMailing(rhythm, at.toISOString().slice(0, 10), isWorkingDay)
    for (let day = days.from; day <= lastDayOf(days); day = dayAfter(day)) covered.push(day)
  }
  expect(covered).toEqual(Array.from(covered, (_, number) => dayAfter('2026-01-05', number)))
  expect(covered.length).toBeGreaterThan(320)
})

test('a letter of every day, a weekly and a monthly one report their usual period', () => {
  const of = (edition: 'daily' | 'weekly' | 'monthly', onWorkingDays = false) =>
    daysOfMailing({ edition, onWorkingDays }, '2026-03-09', isWorkingDay)
  expect(of('daily')).toEqual({ edition: 'daily', from: '2026-03-08' })
  expect(of('weekly', true)).toEqual({ edition: 'weekly', from: '2026-03-02' })
  expect(of('monthly', true)).toEqual({ edition: 'monthly', from: '2026-02-01' })
  // Without a calendar, as on the day itself.
  const rhythm = { edition: 'daily', onWorkingDays: true } as const
  expect(daysOfMailing(rhythm, '2026-03-09', () => false)).toEqual({ edition: 'daily', from: '2026-03-08' })
})

test('days off have an address, a board and neighbours', () => {
  const days = { edition: 'daily', from: '2026-11-20', to: '2026-11-22', agency: null } as const
  const read = (text: string) => parseWeekly(Object.fromEntries(new URLSearchParams(text)), '2026-11-26')
  expect(read(weeklyAddress(days).split('?')[1] ?? '')).toEqual(days)
  expect(boardOf(days)).toMatchObject({ period: { from: '2026-11-20', to: '2026-11-22' }, compare: 'weekdays' })
  expect([stepped(days, -1, '2026-11-26'), stepped(days, 1, '2026-11-26')]).toEqual(['2026-11-19', '2026-11-23'])
  const { to: _, ...one } = days
  for (const to of ['2026-11-19', '2026-11-26', '2026-12-30', 'nonsense'])
    expect(read(`edition=daily&from=2026-11-20&to=${to}`)).toEqual(one)
  expect(read('edition=weekly&from=2026-11-16&to=2026-11-20')).not.toHaveProperty('to')
})

test('a day is compared with the same weekday, a week and a month with the one before', () => {
  const of = (edition: 'daily' | 'weekly' | 'monthly') => boardOf({ edition, from: '2026-11-01', agency: null }).compare
  expect([of('daily'), of('weekly'), of('monthly')]).toEqual(['weekdays', 'previous', 'previous'])
})

test('days are compared with the same weekdays before, of spans that do not overlap', () => {
  for (const [from, to, step] of [
    ['2026-03-06', '2026-03-08', 7],
    ['2026-02-13', '2026-02-22', 14],
  ] as const) {
    const spans = comparableSpans({ edition: 'daily', from, to })
    expect(spans.length).toBe(12)
    for (const [at, span] of spans.entries())
      expect(span).toEqual({
        from: startOfDay(dayAfter(from, -step * (at + 1))),
        to: startOfDay(dayAfter(to, 1 - step * (at + 1))),
      })
  }
})
