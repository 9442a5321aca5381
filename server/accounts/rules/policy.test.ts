import { expect, test } from 'vitest'
import { type Actor, type Role, roles } from './actor.ts'
import { mayUse, permissionNames, permissions } from './permissions.ts'
import { mayAdminister, mayFind, mayGrant, wouldResign } from './policy.ts'

const holding = (role: Role, agencyId: string, agencyIds = [agencyId], cityWide = false): Actor => ({
  kind: 'staff',
  id: 'one',
  name: 'One',
  grants: [{ role, agencyId, agencyIds, cityWide }],
})
const cityAdmin = holding('admin', 'city', ['city', 'ward', 'other'], true)
const wardAdmin = holding('admin', 'ward', ['ward', 'team'])

test('admins find the accounts of their agency and below, and no one else does', () => {
  expect(mayFind(wardAdmin, { agencyId: 'team' })).toBe(true)
  expect(mayFind(wardAdmin, { agencyId: 'other' })).toBe(false)
  expect(mayFind(cityAdmin, { agencyId: 'anywhere' })).toBe(true)
  expect(mayFind(holding('dispatcher', 'city', ['city', 'ward'], true), { agencyId: 'ward' })).toBe(false)
})

test('a ward admin may not change an account with roles beyond the ward', () => {
  const account = { agencyId: 'ward', roles: [{ role: 'officer', agencyId: 'ward' }] as const }
  expect(mayAdminister(wardAdmin, account)).toBe(true)
  expect(mayAdminister(wardAdmin, { ...account, roles: [{ role: 'dispatcher', agencyId: 'city' }] })).toBe(false)
  expect(mayGrant(wardAdmin, [{ role: 'admin', agencyId: 'city' }])).toBe(false)
})

test('admins resign by dropping a role they administer with, not by adding others', () => {
  expect(
    wouldResign(cityAdmin, [
      { role: 'admin', agencyId: 'city' },
      { role: 'manager', agencyId: 'city' },
    ]),
  ).toBe(false)
  expect(wouldResign(cityAdmin, [{ role: 'admin', agencyId: 'ward' }])).toBe(true)
  expect(wouldResign(cityAdmin, [])).toBe(true)
})

test.each(roles.flatMap((role) => permissionNames.map((permission) => [role, permission] as const)))(
  '%s of the city at the door %s',
  (role, permission) => {
    const listed: readonly Role[] = permissions[permission]
    expect(mayUse(holding(role, 'city', ['city', 'ward'], true), permission)).toBe(
      listed.length === 0 || listed.includes(role),
    )
  },
)

test('a robot and an import run may use no permission', () => {
  for (const kind of ['robot', 'import'] as const) {
    const actor: Actor = { ...cityAdmin, kind }
    expect(permissionNames.filter((permission) => mayUse(actor, permission))).toEqual([])
  }
})
