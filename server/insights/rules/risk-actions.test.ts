import { expect, test } from 'vitest'
import type { Role } from '#server/accounts/rules/actor.ts'
import { mayActOnRisk } from './risk-actions.ts'

test.each<[Role, string, boolean, string, boolean]>([
  ['manager', 'city', true, 'ward', true],
  ['manager', 'district', false, 'ward', true],
  ['manager', 'district', false, 'district', true],
  ['manager', 'district', false, 'other', false],
  ['approver', 'district', false, 'ward', true],
  ['approver', 'district', false, 'district', false],
  ['approver', 'city', true, 'other', true],
  ['dispatcher', 'city', true, 'ward', false],
  ['auditor', 'city', true, 'ward', false],
])('a %s of the %s (city-wide: %s) may act on a risk of the %s: %s', (role, agencyId, cityWide, owner, may) => {
  const agencyIds = agencyId === 'district' ? ['district', 'ward'] : [agencyId]
  const actor = { kind: 'staff' as const, id: 'x', name: 'Lan', grants: [{ role, agencyId, agencyIds, cityWide }] }
  expect(mayActOnRisk(actor, owner)).toBe(may)
})
