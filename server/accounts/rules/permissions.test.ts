import { expect, test } from 'vitest'
import type { Actor, Role } from './actor.ts'
import { mayUse, type Permission } from './permissions.ts'

const holding = (role: Role, cityWide: boolean): Actor => ({
  kind: 'staff',
  id: 'x',
  name: 'Nguyễn Thị Lan',
  grants: [{ role, agencyId: 'a', agencyIds: ['a'], cityWide }],
})

test.each<[Role, Permission]>([
  ['dispatcher', 'incidents.edit'],
  ['admin', 'categories.edit'],
  ['admin', 'calendars.edit'],
  ['admin', 'templates.edit'],
  ['admin', 'settings.edit'],
])('a %s of one agency may not use %s, which concerns the whole city', (role, permission) => {
  expect(mayUse(holding(role, false), permission)).toBe(false)
  expect(mayUse(holding(role, true), permission)).toBe(true)
})

test.each<[Role, Permission]>([
  ['admin', 'accounts.edit'],
  ['admin', 'events.read'],
  ['auditor', 'events.read'],
  ['officer', 'reports.handle'],
  ['editor', 'session.own'],
  ['manager', 'insights.mail'],
  ['approver', 'insights.what_if'],
  ['approver', 'insights.today'],
  ['manager', 'insights.remind'],
])('a %s of one agency may use %s, within it', (role, permission) => {
  expect(mayUse(holding(role, false), permission)).toBe(true)
})
