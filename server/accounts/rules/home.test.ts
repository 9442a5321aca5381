import { globSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Actor, type Grant, type Role, roles } from './actor.ts'
import { homeOf } from './home.ts'
import { mayEnter, type Room, roomAt, rooms } from './rooms.ts'

type Held = { role: Role; cityWide?: boolean; substitute?: boolean }

const grant = ({ role, cityWide = false, substitute = false }: Held): Grant => ({
  role,
  agencyId: 'a',
  agencyIds: ['a'],
  cityWide,
  substituteFor: substitute ? { id: 'b', name: 'Trần Mạnh Hùng' } : null,
})
const holding = (...held: Held[]): Actor => ({
  kind: 'staff',
  id: 'x',
  name: 'Nguyễn Thị Lan',
  grants: held.map(grant),
})
const inCity = (role: Role): Held => ({ role, cityWide: true })
const substitute = (role: Role): Held => ({ role, substitute: true })

test.each<[string, Room, Held[]]>([
  ['a dispatcher of the city', '/reports', [inCity('dispatcher')]],
  ['a dispatcher of an agency', '/reports', [{ role: 'dispatcher' }]],
  ['an officer', '/reports', [{ role: 'officer' }]],
  ['an approver', '/today', [{ role: 'approver' }]],
  ['an editor', '/bulletins', [inCity('editor')]],
  ['an editor of an agency, who writes nothing for the city', '/bulletins', [{ role: 'editor' }]],
  ['a chief editor', '/bulletins', [inCity('chief_editor'), inCity('urgent_publisher')]],
  ['who may only publish in a hurry', '/account', [inCity('urgent_publisher')]],
  ['a manager of the city', '/today', [inCity('manager')]],
  ['a manager of an agency', '/today', [{ role: 'manager' }]],
  ['an administrator', '/admin', [inCity('admin')]],
  ['an administrator of an agency', '/admin', [{ role: 'admin' }]],
  ['an auditor', '/reports', [inCity('auditor')]],
  ['who holds nothing', '/account', []],
  ['a leader who approves and looks at figures', '/today', [{ role: 'approver' }, { role: 'manager' }]],
  ['a manager who administers', '/today', [inCity('manager'), inCity('admin')]],
  ['an editor who takes reports in', '/reports', [inCity('editor'), inCity('dispatcher')]],
  ['an administrator who audits', '/admin', [inCity('auditor'), inCity('admin')]],
  ['an editor in the place of an officer', '/bulletins', [inCity('editor'), substitute('officer')]],
  [
    'a manager in the place of a dispatcher',
    '/today',
    [inCity('manager'), { ...inCity('dispatcher'), substitute: true }],
  ],
  ['an officer in the place of a manager', '/reports', [{ role: 'officer' }, substitute('manager')]],
  ['who holds nothing, in the place of an officer', '/reports', [substitute('officer')]],
])('%s begins at %s', (_, home, held) => {
  expect(homeOf(holding(...held))).toBe(home)
})

test('no account begins on a page it may not enter, whatever its roles', () => {
  const sets = Array.from({ length: 2 ** roles.length }, (_, set) => roles.filter((_, place) => set & (1 << place)))
  const ways = sets.flatMap((set) => [
    holding(...set.map((role) => ({ role }))),
    holding(...set.map(inCity)),
    holding(...set.map(substitute)),
  ])
  expect(ways.filter((actor) => !mayEnter(actor, homeOf(actor)))).toEqual([])
  expect(ways).toHaveLength(3 * 512)
})

test.each<[string, Room | null]>([
  ['/reports', '/reports'],
  ['/reports/HN-261128-0001?view=open', '/reports'],
  ['/reportsx', null],
  ['/insights/targets', '/insights/targets'],
  ['/insights/targets#a', '/insights/targets'],
  ['/insights/other', '/insights'],
  ['/admin/events?actor=1', '/admin/events'],
  ['/', null],
  ['', null],
  ['/sign-in', null],
  ['/ban-tin', null],
])('%s belongs to the page %s', (address, room) => {
  expect(roomAt(address)).toBe(room)
})

test('every page for staff declares its permission', () => {
  const app = join(import.meta.dirname, '../../../app')
  const pages = globSync(['(staff)/**/page.tsx', '(screen)/**/page.tsx'], { cwd: app })
  const addresses = pages.map(
    (file) =>
      `/${file
        .split('/')
        .filter((part) => !/^[([]|^page/.test(part))
        .join('/')}`,
  )
  expect(addresses.filter((address) => roomAt(address) === null)).toEqual([])
  expect(rooms.filter((room) => !addresses.includes(room))).toEqual([])
})
