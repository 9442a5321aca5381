import { expect, test } from 'vitest'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { maySetTarget, saveTargetInput, type TargetKpi, targetOn } from './target.ts'

const target = (agencyId: string | null, validFrom: string, value: number | null, kpi: TargetKpi = 'handled') => ({
  kpi,
  agencyId,
  validFrom,
  value,
  band: null,
})
const targets = [
  target(null, '2024-06-28', 0.8),
  target(null, '2026-01-01', 0.85),
  target('so-xay-dung', '2026-03-01', 0.9),
  target('cvcx', '2026-06-01', null),
]

test.each([
  ['the city before its new target', [], '2025-12-31', 0.8],
  ['the city after it', [], '2026-01-01', 0.85],
  ['an agency of its own target', ['so-xay-dung'], '2026-03-01', 0.9],
  ['an agency below it', ['cvcx', 'so-xay-dung'], '2026-05-31', 0.9],
  ['an agency released from it', ['cvcx', 'so-xay-dung'], '2026-06-01', null],
  ['an agency that has none', ['ubnd-hoan-kiem'], '2026-06-01', 0.85],
] as const)('%s', (_, chain, day, value) => {
  expect(targetOn(targets, 'handled', chain, day)?.value).toBe(value)
})

test('before the first target, and for another figure, there is none', () => {
  expect(targetOn(targets, 'handled', [], '2024-06-27')).toBeUndefined()
  expect(targetOn(targets, 'on_time', [], '2026-06-01')).toBeUndefined()
})

test('an absurd share is refused, a duration of that length is not', () => {
  const fields = { id: null, version: 0, agencyId: null, validFrom: '2026-01-01', band: null }
  expect(saveTargetInput.safeParse({ ...fields, kpi: 'handled', value: 80 }).success).toBe(false)
  expect(saveTargetInput.safeParse({ ...fields, kpi: 'handled', value: 0.8 }).success).toBe(true)
  expect(saveTargetInput.safeParse({ ...fields, kpi: 'close_median', value: 960 }).success).toBe(true)
})

test('a manager of one agency sets its targets and not those of the city', () => {
  const actor: Actor = {
    kind: 'staff',
    id: 'x',
    name: 'Hoàng Thị Mai',
    grants: [{ role: 'manager', agencyId: 'a', agencyIds: ['a', 'a-1'], cityWide: false }],
  }
  expect(maySetTarget(actor, 'a-1')).toBe(true)
  expect(maySetTarget(actor, 'b')).toBe(false)
  expect(maySetTarget(actor, null)).toBe(false)
})
