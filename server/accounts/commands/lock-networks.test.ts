import { randomUUID } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { openMailbox } from '#db/factories/mailbox.ts'
import { events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { signInLimits } from '#server/platform/rules/limits.ts'
import { lockedNetworks } from '../queries/locked-networks.ts'
import { unlockNetwork, writeOfLocked } from './lock-networks.ts'
import { signInWithPassword } from './sign-in.ts'

const password = 'cầu Long Biên 1902'
const now = () => new Date()

function attempt(db: Database, username: string, typed: string, ip: string): Promise<string> {
  const signingIn = signInWithPassword({ db, now }, { username, password: typed }, { ip, userAgent: null })
  return signingIn.then(
    () => 'in',
    (error) => error.code,
  )
}

const logOf = (db: Database, place: string) =>
  db
    .select()
    .from(events)
    .where(and(eq(events.subjectKind, 'network'), eq(events.subjectId, place)))
    .orderBy(asc(events.id))

test('a network without attempts left alarms the city’s administrators, and may be unlocked manually', async ({
  db,
  sql,
}) => {
  const admin = await buildAccount(db, { agency: await buildCity(db), roles: ['admin'], email: 'qt@hanoi.example' })
  const local = await buildAccount(db, { agency: await buildAgency(db), roles: ['admin'], email: 'xa@hanoi.example' })
  const { username } = await buildAccount(db, { password })
  const ip = '198.51.100.7'
  for (let n = 0; n < signInLimits.address.tries; n++) await attempt(db, `ai.${n}`, 'sai', ip)
  const ctx = { db, actor: admin.actor, now }
  expect(await lockedNetworks(ctx)).toEqual([])
  for (let n = 0; n < 3; n++) expect(await attempt(db, username, password, ip)).toBe('too_many_attempts')

  // Reported once, regardless of further attempts.
  expect(await logOf(db, ip)).toMatchObject([
    { event: 'network.locked', actorKind: 'robot', details: { around: 'address', minutes: 15 } },
  ])
  const letters = await sql<{ payload: { accountId: string } }[]>`
    select payload from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
    where identifier = 'tell_network_locked'`
  expect(letters.map(({ payload }) => payload.accountId)).toEqual([admin.id])
  const [locked, ...others] = await lockedNetworks(ctx)
  expect(others).toEqual([])
  expect(locked).toMatchObject({ by: 'address', place: ip })

  const place = { by: 'address', place: ip } as const
  expect(await lockedNetworks({ ...ctx, actor: local.actor })).toEqual([])
  await expect(unlockNetwork({ ...ctx, actor: local.actor }, place)).rejects.toMatchObject({ code: 'forbidden' })
  await unlockNetwork(ctx, place)
  expect((await logOf(db, ip)).slice(1)).toMatchObject([{ event: 'network.unlocked', actorId: admin.id }])
  expect(await lockedNetworks(ctx)).toEqual([])
  expect(await attempt(db, username, password, ip)).toBe('in')
  await expect(unlockNetwork(ctx, place)).rejects.toMatchObject({ code: 'not_found' })
})

test('the letter names the network and the duration', async ({ db, onTestFinished }) => {
  const box = await openMailbox()
  onTestFinished(box.close)
  const mail = { url: box.url, from: 'desk@hanoi.example', domains: ['hanoi.example'] }
  const { id: accountId } = await buildAccount(db, { email: `qt.${randomUUID()}@hanoi.example` })
  const order = { accountId, place: '2001:db8:1:2::/64', seconds: 840, at: now().toISOString() }
  expect(await writeOfLocked({ db }, order, { mail, appUrl: new URL('https://desk.hanoi.example') })).toBe(true)
  expect(box.letters[0]?.subject).toBe('Khóa đăng nhập từ 2001:db8:1:2::/64')
  expect(box.letters[0]?.text).toContain('trong 14 phút')
  expect(box.letters[0]?.text).toContain('https://desk.hanoi.example/admin/accounts')
})
