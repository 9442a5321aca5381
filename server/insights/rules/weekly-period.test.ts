import { expect, test } from 'vitest'
import { boardOf, lastDayOf, lastEnded, parseWeekly, stepped, weeklyAddress } from './weekly-period.ts'

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
  expect([lastEnded(edition, today), lastDayOf(edition, from)]).toEqual([from, to])
})

test('steps lead back to the launch and on to the last that has ended', () => {
  expect(stepped('weekly', '2026-11-16', 1, '2026-11-26')).toBeNull()
  expect(stepped('weekly', '2026-11-09', 1, '2026-11-26')).toBe('2026-11-16')
  expect(stepped('monthly', '2026-03-01', -1, '2026-11-26')).toBe('2026-02-01')
  expect(stepped('monthly', '2026-01-01', 1, '2026-11-26')).toBe('2026-02-01')
  expect(stepped('daily', '2026-11-25', 1, '2026-11-26')).toBeNull()
  expect(stepped('daily', '2026-11-24', 1, '2026-11-26')).toBe('2026-11-25')
  expect(stepped('daily', '2026-03-01', -1, '2026-11-26')).toBe('2026-02-28')
  expect(stepped('daily', '2024-06-28', -1, '2026-11-26')).toBeNull()
  expect(stepped('weekly', '2024-06-24', -1, '2026-11-26')).toBeNull()
  expect(stepped('monthly', '2024-06-01', -1, '2026-11-26')).toBeNull()
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

test('a day is compared with the same weekday, a week and a month with the one before', () => {
  const of = (edition: 'daily' | 'weekly' | 'monthly') => boardOf({ edition, from: '2026-11-01', agency: null }).compare
  expect([of('daily'), of('weekly'), of('monthly')]).toEqual(['weekdays', 'previous', 'previous'])
})
