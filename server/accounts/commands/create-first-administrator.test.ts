import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { writeHanoi } from '#db/hanoi.ts'
import { accounts, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { actorOf } from '../queries/actors.ts'
import { robot } from '../rules/actor.ts'
import { mayUse } from '../rules/permissions.ts'
import { createFirstAdministrator } from './create-first-administrator.ts'
import { setPassword } from './set-password.ts'

const now = () => hanoi('2026-03-02 09:00')
const ctx = { actor: robot, now }
const person = { username: 'quantri.vp', name: 'Nguyễn Văn An', position: 'Quản trị hệ thống', email: null }

test('the first administrator is created from the console, with a one-time password link', async ({ db }) => {
  await writeHanoi(db)
  const make = (username = person.username) =>
    db.transaction((tx) => createFirstAdministrator(tx, ctx, { ...person, username }))

  const lost = await make()
  await expect(make('nguoi.khac')).rejects.toThrow('administrator_exists')
  const { path } = await make()
  const tokenOf = (link: string) => link.replace('/set-password/', '')
  const password = 'nắng hanh tháng mười'
  const stranger = { db, now, requestId: 'request-1', ip: null }
  await expect(setPassword(stranger, { token: tokenOf(lost.path), password })).rejects.toThrow()
  await setPassword(stranger, { token: tokenOf(path), password })
  await expect(make()).rejects.toThrow('administrator_exists')

  const [account] = await db.select().from(accounts).where(eq(accounts.username, person.username))
  const actor = await actorOf(db, account?.id ?? '', now())
  expect(actor && mayUse(actor, 'settings.edit')).toBe(true)
  const log = await db.select().from(events).orderBy(asc(events.id))
  expect(log.map(({ event, actorKind }) => [event, actorKind])).toEqual([
    ['account.created', 'robot'],
    ['account.password_link_made', 'robot'],
    ['account.password_link_made', 'robot'],
    ['account.password_set', 'staff'],
  ])
})
