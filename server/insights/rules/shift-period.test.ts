import { expect, test } from 'vitest'
import type { Period } from './filters.ts'
import { shiftPeriod } from './shift-period.ts'

const now = new Date('2026-11-25T03:00:00Z') // Wednesday, 10:00 in Hanoi

test.each<[Period, -1 | 1, Period | null]>([
  ['30d', -1, { from: '2026-09-27', to: '2026-10-26' }],
  [{ from: '2026-09-27', to: '2026-10-26' }, 1, '30d'],
  ['month', -1, { from: '2026-10-01', to: '2026-10-31' }],
  [{ from: '2026-10-01', to: '2026-10-31' }, -1, { from: '2026-09-01', to: '2026-09-30' }],
  [{ from: '2026-10-01', to: '2026-10-31' }, 1, 'month'],
  ['quarter', -1, { from: '2026-07-01', to: '2026-09-30' }],
  ['year', -1, { from: '2025-01-01', to: '2025-12-31' }],
  ['today', -1, { from: '2026-11-24', to: '2026-11-24' }],
  ['week', -1, { from: '2026-11-16', to: '2026-11-22' }],
  [{ from: '2024-02-28', to: '2024-02-29' }, 1, { from: '2024-03-01', to: '2024-03-02' }],
])('%o by %i is %o', (period, direction, expected) => {
  expect(shiftPeriod(period, direction, now)).toEqual(expected)
})

test.each<Period>(['today', 'week', 'month', '30d', 'launch'])('after %s nothing has happened yet', (period) => {
  expect(shiftPeriod(period, 1, now)).toBeNull()
})
