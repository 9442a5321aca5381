import { randomUUID } from 'node:crypto'
import { like, or } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount } from '#db/factories/accounts.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { loginLimits } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { deviceLimits, signInLimits } from '#server/platform/rules/limits.ts'
import { changePassword } from './commands/change-password.ts'
import { confirmIdentity } from './commands/confirm-identity.ts'
import { signInWithPassword } from './commands/sign-in.ts'
import { rememberDevice } from './known-device.ts'
import { relyingPartyOf } from './rules/second-factor.ts'

const now = () => new Date()
const password = 'cầu Long Biên 1902'
let lastNetwork = 0

/** Every attempt comes from a separate network. */
const somewhere = (): string => `172.${16 + Math.floor(++lastNetwork / 200)}.${lastNetwork % 200}.1`

/** The cookie value that the browser sends back. */
const sentBack = (setCookie: string): string => setCookie.slice(setCookie.indexOf('=') + 1, setCookie.indexOf(';'))

const knownTo = async (db: Database, { id }: BuiltAccount, before?: string): Promise<string> =>
  sentBack(await rememberDevice({ db, now }, id, before))

/** The cookie with one character changed. */
const turned = (cookie: string): string => cookie.replace(/.(?=.{9}$)/, (sign) => (sign === 'A' ? 'B' : 'A'))

type Try = { device?: string; ip?: string; at?: () => Date }

const wordFor = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'in',
    (error: unknown) => {
      if (error instanceof DomainError) return error.code
      throw error
    },
  )

const attempt = (db: Database, username: string, typed: string, { device, ip = somewhere(), at = now }: Try = {}) =>
  wordFor(
    signInWithPassword(
      { db, now: at },
      { username, password: typed },
      { ip, userAgent: null, ...(device && { device }) },
    ),
  )

/** Strangers all over the world guess until the account is locked. */
async function lockOut(db: Database, { username }: BuiltAccount): Promise<void> {
  for (let n = 0; n <= signInLimits.account.tries; n++) await attempt(db, username, `sai ${n}`)
  expect(await attempt(db, username, password)).toBe('too_many_attempts')
}

const staff = (db: Database) => buildAccount(db, { password })

describe('a known device', () => {
  test('signs in while strangers guess, and gives them no new attempts', async ({ db }) => {
    const account = await staff(db)
    const device = await knownTo(db, account)
    await lockOut(db, account)
    expect(await attempt(db, account.username, password, { device })).toBe('in')
    expect(await attempt(db, account.username, password)).toBe('too_many_attempts')
  })

  test('signs in while someone behind the same address guesses, and uses none of its attempts', async ({ db }) => {
    const account = await staff(db)
    const device = await knownTo(db, account)
    const ip = somewhere()
    for (let n = 0; n < signInLimits.address.tries; n++) await attempt(db, `ten.${randomUUID()}`, 'sai', { ip })
    expect(await attempt(db, (await staff(db)).username, password, { ip })).toBe('too_many_attempts')
    expect(await attempt(db, account.username, password, { ip, device })).toBe('in')
    const office = somewhere()
    for (let n = 0; n < 3; n++) await attempt(db, account.username, 'sai', { ip: office, device })
    expect(
      await db.$count(
        loginLimits,
        or(like(loginLimits.key, `%${office}`), like(loginLimits.key, `%${account.username}`)),
      ),
    ).toBe(0)
  })

  test('is throttled separately: one attempt after the other, under every spelling, from everywhere', async ({
    db,
  }) => {
    const account = await staff(db)
    const device = await knownTo(db, account)
    const { username } = account
    const spellings = [username, ` ${username}`, `${username}\u00a0`, username.toUpperCase(), `\t${username}\n`]
    for (const name of spellings) expect(await attempt(db, name, 'sai', { device })).toBe('wrong_credentials')
    expect(await attempt(db, username, password, { device })).toBe('too_many_attempts')
    // A thief of the cookie has locked only themselves out; sign-in works as before for everyone else.
    expect(await attempt(db, username, password)).toBe('in')
  })

  test('is throttled with fifty attempts at once', async ({ db }) => {
    const account = await staff(db)
    const device = await knownTo(db, account)
    const tries = Array.from({ length: 50 }, (_, n) => attempt(db, account.username, `sai ${n}`, { device }))
    const words = await Promise.all(tries)
    expect(words.filter((word) => word === 'wrong_credentials')).toHaveLength(signInLimits.device.tries)
    expect(words.filter((word) => word === 'too_many_attempts')).toHaveLength(50 - signInLimits.device.tries)
  })

  test('gets a new id after each sign-in: an earlier copy is counted separately', async ({ db }) => {
    const account = await staff(db)
    const stolen = await knownTo(db, account)
    const device = await knownTo(db, account, stolen)
    for (let n = 0; n <= signInLimits.device.tries; n++) await attempt(db, account.username, 'sai', { device: stolen })
    expect(await attempt(db, account.username, password, { device: stolen })).toBe('too_many_attempts')
    expect(await attempt(db, account.username, password, { device })).toBe('in')
  })

  test('is shared by colleagues, the latest few', async ({ db }) => {
    const colleagues: BuiltAccount[] = []
    let device: string | undefined
    for (let n = 0; n <= deviceLimits.accounts; n++) {
      const colleague = await staff(db)
      colleagues.push(colleague)
      device = await knownTo(db, colleague, device)
    }
    const [first, second] = colleagues as [BuiltAccount, BuiltAccount]
    for (const account of [first, second]) await lockOut(db, account)
    expect(await attempt(db, second.username, password, { device: device as string })).toBe('in')
    expect(await attempt(db, first.username, password, { device: device as string })).toBe('too_many_attempts')
    // Its header is well below the header limit of a server.
    expect(device?.length).toBeLessThan(3000)
  })
})

describe('counted as a stranger', () => {
  const cases: Record<string, (db: Database, account: BuiltAccount) => Promise<Try>> = {
    'a device of another account': async (db) => ({ device: await knownTo(db, await staff(db)) }),
    'the cookie of a sign-in': async (db, { id, username }) => {
      const session = await buildSession(db, username)
      return { device: await encode({ token: { sub: id, sid: session.id }, secret: environment().authSecret }) }
    },
    'a cookie of another desk': async (_, { id }) => {
      const devices = [{ accountId: id, id: 'x', credential: 'x', at: Date.now() / 1000 }]
      return { device: await encode({ token: { devices }, secret: 'another secret', salt: 'known-device' }) }
    },
    'a cookie of another shape': async () => ({
      device: await encode({ token: { devices: {} }, secret: environment().authSecret, salt: 'known-device' }),
    }),
    'a changed cookie': async (db, account) => ({
      device: turned(await knownTo(db, account)),
    }),
    'an invented cookie': async () => ({ device: 'known' }),
    'a device from before the password was changed': async (db, account) => {
      const device = await knownTo(db, account)
      const { id } = await buildSession(db, account.username)
      const next = 'hoa gạo tháng ba nở đỏ'
      await changePassword({ db, now, actor: account.actor }, id, { current: password, next })
      return { device }
    },
    'a device of half a year ago': async (db, account) => ({
      device: await knownTo(db, account),
      at: () => new Date(Date.now() + deviceLimits.rememberedSeconds * 1000),
    }),
  }
  for (const [title, knock] of Object.entries(cases)) {
    test(title, async ({ db }) => {
      const account = await staff(db)
      const coming = await knock(db, account)
      await lockOut(db, account)
      expect(await attempt(db, account.username, password, coming)).toBe('too_many_attempts')
    })
  }
})

describe('the password asked again within a sign-in', () => {
  const confirm = async (db: Database, account: BuiltAccount, sessionId: string, typed: string, ip = somewhere()) =>
    wordFor(confirmIdentity({ db, now, actor: account.actor, ip }, sessionId, relyingPartyOf({}), { password: typed }))

  test('is not blocked by strangers, neither by account nor by address', async ({ db }) => {
    const account = await staff(db)
    const { id } = await buildSession(db, account.username)
    const ip = somewhere()
    await lockOut(db, account)
    for (let n = 0; n < signInLimits.address.tries; n++) await attempt(db, `ten.${randomUUID()}`, 'sai', { ip })
    expect(await confirm(db, account, id, password, ip)).toBe('in')
    expect(await attempt(db, account.username, password)).toBe('too_many_attempts')
  })

  test('cannot be guessed: five attempts for all sign-ins of the account, even at once', async ({ db }) => {
    const account = await staff(db)
    const { id } = await buildSession(db, account.username)
    const { id: other } = await buildSession(db, account.username)
    const { tries } = signInLimits.confirmation
    const words = await Promise.all(
      Array.from({ length: 50 }, (_, n) => confirm(db, account, n % 2 ? id : other, `sai ${n}`)),
    )
    expect(words.filter((word) => word === 'wrong_password')).toHaveLength(tries)
    expect(words.filter((word) => word === 'too_many_attempts')).toHaveLength(50 - tries)
    expect(await confirm(db, account, id, password)).toBe('too_many_attempts')
    // Sign-in is not affected.
    expect(await attempt(db, account.username, password)).toBe('in')
  })
})
