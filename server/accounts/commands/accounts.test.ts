import { and, asc, eq, isNull } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { accountRoles, accounts, events, sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Context } from '../context.ts'
import { accountList } from '../queries/accounts.ts'
import { actorOf } from '../queries/actors.ts'
import type { Actor } from '../rules/actor.ts'
import { accountListInput } from '../rules/schemas.ts'
import { changeAccount } from './change-account.ts'
import { createAccount } from './create-account.ts'
import { makePasswordLink } from './make-password-link.ts'
import { revokeAccountSessions } from './revoke-sessions.ts'
import { setActive } from './set-active.ts'
import { setRoles } from './set-roles.ts'

const now = () => new Date('2026-09-07T02:00:00Z')
const contextOf = (db: Database, actor: Actor): Context => ({ db, actor, now, requestId: 'r-7', ip: '192.0.2.1' })

async function cityAdmin(db: Database) {
  const city = await buildCity(db)
  const account = await buildAccount(db, { agency: city, roles: ['admin'] })
  return { account, city, ctx: contextOf(db, account.actor) }
}

const eventsOf = (db: Database, id: string) =>
  db.select().from(events).where(eq(events.subjectId, id)).orderBy(asc(events.id))

const openSessionsOf = (db: Database, id: string) =>
  db.$count(sessions, and(eq(sessions.accountId, id), isNull(sessions.revokedAt)))

const versionOf = async (db: Database, id: string) =>
  (await db.select({ version: accounts.version }).from(accounts).where(eq(accounts.id, id)))[0]?.version ?? 0

describe('each change of an account writes exactly one event', () => {
  test('from its creation to its deactivation', async ({ db }) => {
    const { ctx } = await cityAdmin(db)
    const ward = await buildAgency(db)
    const person = { name: 'Đỗ Thị Ơn', position: 'Công chức', email: null, agencyId: ward.id }
    const { id } = await createAccount(ctx, {
      ...person,
      username: 'do.on',
      roles: [{ role: 'officer', agencyId: ward.id }],
    })
    await changeAccount(ctx, { ...person, accountId: id, version: 1, position: 'Phó Chủ tịch' })
    await setRoles(ctx, { accountId: id, version: 2, roles: [{ role: 'approver', agencyId: ward.id }] })
    await makePasswordLink(ctx, { accountId: id })
    await revokeAccountSessions(ctx, { accountId: id })
    await setActive(ctx, { accountId: id, version: 3, isActive: false })
    await setActive(ctx, { accountId: id, version: 4, isActive: true })
    const log = await eventsOf(db, id)
    expect(log.map(({ event, version }) => [event, version])).toEqual([
      ['account.created', 1],
      ['account.changed', 2],
      ['account.roles_changed', 3],
      ['account.password_link_made', null],
      ['account.sessions_revoked', null],
      ['account.deactivated', 4],
      ['account.activated', 5],
    ])
    expect(log[1]?.details).toEqual({ changes: { position: { from: 'Công chức', to: 'Phó Chủ tịch' } } })
    expect(
      log.every(({ actorId, ip, requestId }) => actorId === ctx.actor.id && ip === '192.0.2.1' && requestId === 'r-7'),
    ).toBe(true)
  })

  test('and a refused change writes none', async ({ db }) => {
    const { ctx } = await cityAdmin(db)
    const { id, agencyId, version } = await buildAccount(db)
    const stale = { accountId: id, version: version - 1, roles: [{ role: 'approver' as const, agencyId }] }
    await expect(setRoles(ctx, stale)).rejects.toThrow('conflict')
    expect(await eventsOf(db, id)).toEqual([])
    expect(await db.select().from(accountRoles).where(eq(accountRoles.accountId, id))).toHaveLength(1)
  })
})

test('a username is unique, regardless of its spelling', async ({ db }) => {
  const { ctx } = await cityAdmin(db)
  const { agencyId } = await buildAccount(db, { username: 'tran.lan' })
  const person = { username: 'tran.lan', name: 'Trần Lan', position: '', email: null, agencyId, roles: [] }
  await expect(createAccount(ctx, person)).rejects.toThrow('username_taken')
})

test('new roles, deactivation and an admin’s command each end every sign-in of the account', async ({ db }) => {
  const { ctx } = await cityAdmin(db)
  const { id, username, agencyId } = await buildAccount(db)
  const ends = [
    () => setRoles(ctx, { accountId: id, version: 1, roles: [{ role: 'approver', agencyId }] }),
    () => revokeAccountSessions(ctx, { accountId: id }),
    () => setActive(ctx, { accountId: id, version: 2, isActive: false }),
  ]
  for (const end of ends) {
    await buildSession(db, username)
    await buildSession(db, username)
    expect(await openSessionsOf(db, id)).toBe(2)
    await end()
    expect(await openSessionsOf(db, id)).toBe(0)
  }
})

describe('admins cannot lock themselves out', () => {
  test('by giving up their own role', async ({ db }) => {
    const { ctx, account, city } = await cityAdmin(db)
    await cityAdmin(db)
    const resignation = { accountId: account.id, version: 1, roles: [{ role: 'manager' as const, agencyId: city.id }] }
    await expect(setRoles(ctx, resignation)).rejects.toThrow('own_admin_role')
  })

  test('by deactivating their own account', async ({ db }) => {
    const { ctx, account } = await cityAdmin(db)
    await cityAdmin(db)
    await expect(setActive(ctx, { accountId: account.id, version: 1, isActive: false })).rejects.toThrow(
      'own_deactivation',
    )
  })

  test('and the city keeps its last admin: of two who remove each other exactly one succeeds', async ({ db }) => {
    for (let round = 0; round < 10; round++) {
      await db.update(accounts).set({ isActive: false })
      const [one, other] = [await cityAdmin(db), await cityAdmin(db)]
      const strip = (by: Context, accountId: string) => setRoles(by, { accountId, version: 1, roles: [] })
      const shut = (by: Context, accountId: string) => setActive(by, { accountId, version: 1, isActive: false })
      const [first, second] = round % 2 ? [strip, shut] : [shut, strip]
      const outcomes = await Promise.allSettled([first(one.ctx, other.account.id), second(other.ctx, one.account.id)])
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const admins = await Promise.all([one, other].map(({ account }) => actorOf(db, account.id, now())))
      expect(admins.filter((actor) => actor?.grants.some(({ role }) => role === 'admin'))).toHaveLength(1)
    }
  })
})

describe('the admin of a ward', () => {
  async function wardAdmin(db: Database) {
    const ward = await buildAgency(db)
    const { actor } = await buildAccount(db, { agency: ward, roles: ['admin'] })
    return { ward, ctx: contextOf(db, actor) }
  }

  test('does not find the accounts of another ward', async ({ db }) => {
    await cityAdmin(db)
    const { ctx } = await wardAdmin(db)
    const { id, agencyId } = await buildAccount(db)
    const roles = [{ role: 'officer' as const, agencyId }]
    await expect(setRoles(ctx, { accountId: id, version: 1, roles })).rejects.toThrow('not_found')
    await expect(makePasswordLink(ctx, { accountId: id })).rejects.toThrow('not_found')
    const { accounts: found } = await accountList(ctx, accountListInput.parse({ state: 'all' }))
    expect(found.map(({ agency }) => agency.id)).toEqual([ctx.actor.grants[0]?.agencyId])
  })

  test('can neither grant a city-wide role nor change an account that has one', async ({ db }) => {
    const { city } = await cityAdmin(db)
    const { ctx, ward } = await wardAdmin(db)
    const officer = await buildAccount(db, { agency: ward })
    const promoted = { accountId: officer.id, version: 1, roles: [{ role: 'admin' as const, agencyId: city.id }] }
    await expect(setRoles(ctx, promoted)).rejects.toThrow('forbidden')
    const dispatcher = await buildAccount(db, { agency: ward, roles: [{ role: 'dispatcher', agencyId: city.id }] })
    await expect(makePasswordLink(ctx, { accountId: dispatcher.id })).rejects.toThrow('forbidden')
    expect(await versionOf(db, officer.id)).toBe(1)
  })
})

test('accounts are listed by given name in Vietnamese order, page by page, and found without accents', async ({
  db,
}) => {
  const { ctx } = await cityAdmin(db)
  const agency = await buildAgency(db)
  const names = ['Lê An', 'Vũ Ân', 'Trần Ánh', 'Đỗ Dũng', 'Bùi Đạt', 'Ngô Oanh', 'Hà Ơn']
  for (const name of [...names].reverse()) await buildAccount(db, { agency, name })
  for (let n = 0; n < 60; n++) await buildAccount(db, { agency, name: 'Nguyễn Yến' })
  const input = accountListInput.parse({ agencyId: agency.id })
  const first = await accountList(ctx, input)
  expect(first.accounts.slice(0, 7).map(({ name }) => name)).toEqual([
    'Lê An',
    'Trần Ánh',
    'Vũ Ân',
    'Đỗ Dũng',
    'Bùi Đạt',
    'Ngô Oanh',
    'Hà Ơn',
  ])
  const second = await accountList(ctx, { ...input, cursor: first.nextCursor ?? undefined })
  const ids = [...first.accounts, ...second.accounts].map(({ id }) => id)
  expect([first.total, ids.length, new Set(ids).size, second.nextCursor]).toEqual([67, 67, 67, null])
  const { accounts: found } = await accountList(ctx, { ...input, search: 'do dung' })
  expect(found.map(({ name }) => name)).toEqual(['Đỗ Dũng'])
  await buildAccount(db, { agency, name: 'Cao Thái', roles: ['approver'] })
  const { accounts: approvers, total } = await accountList(ctx, { ...input, role: 'approver' })
  expect([approvers.map(({ name }) => name), total]).toEqual([['Cao Thái'], 1])
  const left = await buildAccount(db, { agency, name: 'Cao Thái', roles: ['approver'], isActive: false })
  const approversIn = async (state?: 'inactive' | 'all') =>
    (await accountList(ctx, accountListInput.parse({ agencyId: agency.id, role: 'approver', state }))).accounts
  expect(await approversIn()).toHaveLength(1)
  expect(await approversIn('all')).toHaveLength(2)
  expect((await approversIn('inactive')).map(({ id }) => id)).toEqual([left.id])
})
