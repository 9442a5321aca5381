import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { events, passwordLinks, sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { passwordLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import { demoPassword } from '../rules/password.ts'
import { changePassword } from './change-password.ts'
import { makePasswordLink } from './make-password-link.ts'
import { revokeDevice } from './revoke-sessions.ts'
import { setPassword } from './set-password.ts'
import { signInWithPassword } from './sign-in.ts'

const now = () => new Date()
const password = 'mưa rào tháng bảy'
const next = 'nắng hanh tháng mười'
const visitor = { ip: null, userAgent: null }

async function linkFor(db: Database, accountId: string, at = now) {
  const { actor } = await buildAccount(db, { agency: await buildCity(db), roles: ['admin'] })
  const { path } = await makePasswordLink({ db, actor, now: at }, { accountId })
  return path.split('/').at(-1) as string
}

const signIn = (db: Database, username: string, typed: string) =>
  signInWithPassword({ db, now }, { username, password: typed }, visitor)

describe('a one-time link', () => {
  test('sets a password once, even if two use it at the same time', async ({ db }) => {
    const account = await buildAccount(db)
    const token = await linkFor(db, account.id)
    const uses = await Promise.allSettled([1, 2].map(() => setPassword({ db, now }, { token, password: next })))
    expect(uses.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(signIn(db, account.username, next)).resolves.toMatchObject({ accountId: account.id })
    await expect(setPassword({ db, now }, { token, password })).rejects.toThrow('link_not_valid')
    expect(await db.$count(events, eq(events.event, 'account.password_set'))).toBe(1)
  })

  test('is stored as a hash, lasts two days and is replaced by a newer one', async ({ db }) => {
    const account = await buildAccount(db)
    const [first, second] = [await linkFor(db, account.id), await linkFor(db, account.id)]
    const kept = await db.select().from(passwordLinks).where(eq(passwordLinks.accountId, account.id))
    expect(kept.some(({ tokenHash }) => tokenHash === first || tokenHash === second)).toBe(false)
    await expect(setPassword({ db, now }, { token: first, password: next })).rejects.toThrow('link_not_valid')
    const tooLate = () => new Date(Date.now() + passwordLimits.linkSeconds * 1000 + 1000)
    await expect(setPassword({ db, now: tooLate }, { token: second, password: next })).rejects.toThrow('link_not_valid')
    await expect(setPassword({ db, now }, { token: second, password: next })).resolves.toEqual({
      username: account.username,
    })
  })

  test('accepts neither a short password nor that of the demo, nor one that is easy to guess', async ({ db }) => {
    const { id, username } = await buildAccount(db)
    const token = await linkFor(db, id)
    const set = (typed: string) => setPassword({ db, now }, { token, password: typed })
    await expect(set('password1234')).rejects.toThrow('password_weak')
    await expect(set(`${username}${username}`)).rejects.toThrow('password_username')
    await expect(setPassword({ db, now }, { token, password: 'mười một ký' })).rejects.toThrow('password_short')
    await expect(setPassword({ db, now }, { token, password: demoPassword })).rejects.toThrow('password_demo')
  })

  test('ends the sign-ins of the account and its lock after too many attempts', async ({ db }) => {
    const account = await buildAccount(db, { password })
    const { id } = await buildSession(db, account.username)
    for (let n = 0; n < 6; n++) await signIn(db, account.username, 'sai').catch(() => undefined)
    await expect(signIn(db, account.username, password)).rejects.toThrow('too_many_attempts')
    await setPassword({ db, now }, { token: await linkFor(db, account.id), password: next })
    const [session] = await db.select().from(sessions).where(eq(sessions.id, id))
    expect(session?.revokeReason).toBe('password_changed')
    await expect(signIn(db, account.username, next)).resolves.toBeTruthy()
  })
})

describe('changing one’s own password', () => {
  const contextOf = (db: Database, account: Awaited<ReturnType<typeof buildAccount>>): Context => ({
    db,
    now,
    actor: account.actor,
  })

  test('requires the current one, keeps this sign-in and ends the others', async ({ db }) => {
    const account = await buildAccount(db, { password })
    const [here, there] = [await buildSession(db, account.username), await buildSession(db, account.username)]
    const ctx = contextOf(db, account)
    await expect(changePassword(ctx, here.id, { current: 'sai', next })).rejects.toThrow('wrong_password')
    await changePassword(ctx, here.id, { current: password, next })
    const open = await db.select().from(sessions).where(eq(sessions.accountId, account.id))
    expect(open.find(({ id }) => id === here.id)?.revokedAt).toBeNull()
    expect(open.find(({ id }) => id === there.id)?.revokeReason).toBe('password_changed')
    await expect(signIn(db, account.username, password)).rejects.toThrow('wrong_credentials')
  })

  test('cannot be used to guess it', async ({ db }) => {
    const account = await buildAccount(db, { password })
    const { id } = await buildSession(db, account.username)
    const guess = () => changePassword(contextOf(db, account), id, { current: 'sai', next })
    for (let n = 0; n < 5; n++) await expect(guess()).rejects.toThrow('wrong_password')
    await expect(guess()).rejects.toThrow('too_many_attempts')
  })

  test('users sign out their own devices, never someone else’s', async ({ db }) => {
    const [mine, theirs] = [await buildAccount(db), await buildAccount(db)]
    const [own, other] = [await buildSession(db, mine.username), await buildSession(db, theirs.username)]
    await expect(revokeDevice(contextOf(db, mine), { sessionId: other.id })).rejects.toThrow('not_found')
    await expect(revokeDevice(contextOf(db, mine), { sessionId: own.id })).resolves.toEqual({ ended: 1 })
  })
})
