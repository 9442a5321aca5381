import { expect, test } from 'vitest'
import { bucketsOf, resolvePeriod, stepOf } from './period.ts'

const now = new Date('2026-11-25T10:35:00+07:00')
const told = (
  period: Parameters<typeof resolvePeriod>[0]['period'],
  compare: 'previous' | 'weekdays' | 'year' | 'none' | 'agency' = 'previous',
) => {
  const found = resolvePeriod({ period, compare }, now)
  const local = (at: Date | null) => at && new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 16)
  return [found.fromDay, found.toDay, local(found.asOf), local(found.comparedFrom), local(found.comparedTo)]
}

test.for([
  ['today', ['2026-11-25', '2026-11-25', '2026-11-25T10:35', '2026-11-24T00:00', '2026-11-24T10:35']],
  ['week', ['2026-11-23', '2026-11-29', '2026-11-25T10:35', '2026-11-16T00:00', '2026-11-18T10:35']],
  ['month', ['2026-11-01', '2026-11-30', '2026-11-25T10:35', '2026-10-01T00:00', '2026-10-25T10:35']],
  ['quarter', ['2026-10-01', '2026-12-31', '2026-11-25T10:35', '2026-07-01T00:00', '2026-08-25T10:35']],
  ['year', ['2026-01-01', '2026-12-31', '2026-11-25T10:35', '2025-01-01T00:00', '2025-11-25T10:35']],
  ['7d', ['2026-11-19', '2026-11-25', '2026-11-25T10:35', '2026-11-12T00:00', '2026-11-18T10:35']],
  ['yesterday', ['2026-11-24', '2026-11-24', '2026-11-25T00:00', '2026-11-23T00:00', '2026-11-24T00:00']],
  ['last_week', ['2026-11-16', '2026-11-22', '2026-11-23T00:00', '2026-11-09T00:00', '2026-11-16T00:00']],
  ['last_month', ['2026-10-01', '2026-10-31', '2026-11-01T00:00', '2026-09-01T00:00', '2026-10-01T00:00']],
  ['30d', ['2026-10-27', '2026-11-25', '2026-11-25T10:35', '2026-09-27T00:00', '2026-10-26T10:35']],
  ['launch', ['2024-06-28', '2026-11-25', '2026-11-25T10:35', null, null]],
] as const)('%s is compared with the same elapsed part of the one before', ([period, expected]) => {
  expect(told(period)).toEqual(expected)
})

test('past days are frozen at their end and compared with as many days before, or the same days a year ago', () => {
  const days = { from: '2024-06-28', to: '2024-10-02' }
  expect(told(days)).toEqual(['2024-06-28', '2024-10-02', '2024-10-03T00:00', '2024-03-23T00:00', '2024-06-28T00:00'])
  expect(told({ from: '2024-02-29', to: '2024-02-29' }, 'year').slice(3)).toEqual([
    '2023-02-28T00:00',
    '2023-03-01T00:00',
  ])
  expect(told(days, 'agency').slice(3)).toEqual(['2024-06-28T00:00', '2024-10-03T00:00'])
  expect(told(days, 'none').slice(3)).toEqual([null, null])
})

test('whole months chosen as days are compared with as many months before, as the presets are', () => {
  const before = (from: string, to: string) => told({ from, to }).slice(3)
  expect(before('2026-10-01', '2026-10-31')).toEqual(['2026-09-01T00:00', '2026-10-01T00:00'])
  expect(before('2026-03-01', '2026-03-31')).toEqual(['2026-02-01T00:00', '2026-03-01T00:00'])
  expect(before('2026-01-01', '2026-03-31')).toEqual(['2025-10-01T00:00', '2026-01-01T00:00'])
  expect(before('2026-10-01', '2026-10-30')).toEqual(['2026-09-01T00:00', '2026-10-01T00:00'])
})

test('weekdays are compared with the last of the same name, as many whole weeks before as avoid an overlap', () => {
  const before = (from: string, to: string) => told({ from, to }, 'weekdays').slice(3)
  expect(before('2026-11-24', '2026-11-24')).toEqual(['2026-11-17T00:00', '2026-11-18T00:00'])
  expect(before('2026-03-02', '2026-03-08')).toEqual(['2026-02-23T00:00', '2026-03-02T00:00'])
  expect(before('2026-11-01', '2026-11-08')).toEqual(['2026-10-18T00:00', '2026-10-26T00:00'])
  expect(told('today', 'weekdays').slice(3)).toEqual(['2026-11-18T00:00', '2026-11-18T10:35'])
  expect(told('launch', 'weekdays').slice(3)).toEqual([null, null])
})

test('a month shorter than the current one ends where it ends', () => {
  const lastDay = resolvePeriod({ period: 'month', compare: 'previous' }, new Date('2026-03-31T10:00:00+07:00'))
  expect(lastDay.comparedTo).toEqual(new Date('2026-03-01T00:00:00+07:00'))
})

test('steps cover the period without gap or overlap, whatever their grain', () => {
  for (const [from, to, grain, count] of [
    ['2026-03-02', '2026-03-15', 'day', 14],
    ['2026-01-07', '2026-05-05', 'week', 18],
    ['2024-06-28', '2026-11-25', 'month', 30],
  ] as const) {
    const steps = bucketsOf(from, to)
    expect([steps.length, steps[0]?.from, steps.at(-1)?.to]).toEqual([count, from, to])
    for (const step of steps) expect(stepOf(step.to, grain)).toBe(stepOf(step.from, grain))
    expect(new Set(steps.map((step) => stepOf(step.from, grain))).size).toBe(count)
  }
})
