import { eq, like } from 'drizzle-orm'
import { afterEach, describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { accounts, events, loginLimits, sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { signInLimits } from '#server/platform/rules/limits.ts'
import { demoPassword } from '../rules/password.ts'
import { signInWithPassword, signInWithSubject } from './sign-in.ts'

const now = () => new Date()
const password = 'cầu Long Biên 1902'
let lastNetwork = 0

/** Every attempt comes from a separate network. */
function somewhere(): string {
  lastNetwork += 1
  return `10.${lastNetwork}.0.1`
}

const from = (ip: string | null) => ({ ip, userAgent: 'Firefox/140.0', requestId: 'r-1' })

async function outcome(db: Database, username: string, typed: string, ip: string): Promise<string> {
  try {
    await signInWithPassword({ db, now }, { username, password: typed }, from(ip))
    return 'in'
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

async function waitOf(db: Database, username: string, ip: string): Promise<number> {
  const refused = signInWithPassword({ db, now }, { username, password: 'sai' }, from(ip))
  const error = await refused.catch((caught: unknown) => caught)
  return error instanceof DomainError ? Number(error.details.seconds) : 0
}

describe('signing in', () => {
  afterEach(() => {
    environment().demo = false
  })

  test('creates a sign-in of twelve hours and writes one event', async ({ db }) => {
    const account = await buildAccount(db, { password })
    const at = new Date('2026-09-07T01:00:00Z')
    const ip = somewhere()
    const { sessionId } = await signInWithPassword(
      { db, now: () => at },
      { username: account.username, password },
      from(ip),
    )
    const [session] = await db.select().from(sessions).where(eq(sessions.id, sessionId))
    expect(session).toMatchObject({ accountId: account.id, ip, expiresAt: new Date('2026-09-07T13:00:00Z') })
    const written = await db.select().from(events).where(eq(events.subjectId, account.id))
    expect(written.map(({ event, ip, requestId }) => [event, ip, requestId])).toEqual([
      ['account.signed_in', ip, 'r-1'],
    ])
  })

  test('replaces the previous sign-in of the browser', async ({ db }) => {
    const account = await buildAccount(db, { password })
    const typed = { username: account.username, password }
    const first = await signInWithPassword({ db, now }, typed, from(somewhere()))
    await signInWithPassword({ db, now }, typed, { ...from(somewhere()), previousSessionId: first.sessionId })
    const [before] = await db.select().from(sessions).where(eq(sessions.id, first.sessionId))
    expect(before?.revokeReason).toBe('signed_in_again')
  })

  test('gives the same refusal for a wrong password, an unknown name and a deactivated account', async ({ db }) => {
    const open = await buildAccount(db, { password })
    const shut = await buildAccount(db, { password, isActive: false })
    const without = await buildAccount(db)
    expect(await outcome(db, open.username, 'sai', somewhere())).toBe('wrong_credentials')
    expect(await outcome(db, 'khong.co', password, somewhere())).toBe('wrong_credentials')
    expect(await outcome(db, shut.username, password, somewhere())).toBe('wrong_credentials')
    expect(await outcome(db, without.username, password, somewhere())).toBe('wrong_credentials')
  })

  test('with the demo password is refused outside the demo', async ({ db }) => {
    const account = await buildAccount(db, { password: demoPassword })
    expect(await outcome(db, account.username, demoPassword, somewhere())).toBe('wrong_credentials')
    environment().demo = true
    expect(await outcome(db, account.username, demoPassword, somewhere())).toBe('in')
  })
})

describe('guessing', () => {
  const { tries } = signInLimits.account

  test('one password after the other is blocked after five, even with the right one', async ({ db }) => {
    const { username } = await buildAccount(db, { password })
    for (let n = 0; n < tries; n++)
      expect(await outcome(db, username, `sai ${n}`, somewhere())).toBe('wrong_credentials')
    expect(await outcome(db, username, password, somewhere())).toBe('too_many_attempts')
  })

  test('fifty at once gets five checked', async ({ db }) => {
    const { username } = await buildAccount(db, { password })
    const attempts = Array.from({ length: 50 }, (_, n) => outcome(db, username, `sai ${n}`, somewhere()))
    const outcomes = await Promise.all(attempts)
    expect(outcomes.filter((word) => word === 'wrong_credentials')).toHaveLength(tries)
    expect(outcomes.filter((word) => word === 'too_many_attempts')).toHaveLength(50 - tries)
  })

  test('under other spellings of the name counts for the same account', async ({ db }) => {
    const { username } = await buildAccount(db, { password })
    const wide = username.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
    const spellings = [username, ` ${username}`, `${username}\u00a0`, username.toUpperCase(), wide]
    for (const name of spellings) expect(await outcome(db, name, 'sai', somewhere())).toBe('wrong_credentials')
    expect(await outcome(db, username, password, somewhere())).toBe('too_many_attempts')
  })

  test('many names from one address is blocked after twenty', async ({ db }) => {
    const ip = somewhere()
    for (let n = 0; n < signInLimits.address.tries; n++) {
      expect(await outcome(db, `ten.${n}`, 'sai', ip)).toBe('wrong_credentials')
    }
    const { username } = await buildAccount(db, { password })
    expect(await outcome(db, username, password, ip)).toBe('too_many_attempts')
    expect(await outcome(db, username, password, somewhere())).toBe('in')
  })

  test('behind one address of the city’s own networks has a higher limit than twenty', async ({
    db,
    onTestFinished,
  }) => {
    const office = somewhere()
    environment().officeNetworks = [`${office}/32`]
    onTestFinished(() => {
      environment().officeNetworks = []
    })
    const attempt = (n: number) => outcome(db, `phong.${n}`, 'sai', office)
    const outcomes = await Promise.all(Array.from({ length: signInLimits.network.tries + 20 }, (_, n) => attempt(n)))
    expect(new Set(outcomes)).toEqual(new Set(['wrong_credentials']))
    const { username } = await buildAccount(db, { password })
    expect(await outcome(db, username, password, office)).toBe('in')
    const key = `office:${office}`
    await db.update(loginLimits).set({ points: signInLimits.office.tries }).where(eq(loginLimits.key, key))
    expect(await outcome(db, username, password, office)).toBe('too_many_attempts')
  })

  test('from many addresses of one network is blocked after a hundred', async ({ db }) => {
    const network = somewhere().replace(/1$/, '')
    const attempt = (n: number) => outcome(db, `mang.${n}`, 'sai', `${network}${n}`)
    const outcomes = await Promise.all(Array.from({ length: 110 }, (_, n) => attempt(n)))
    expect(outcomes.filter((word) => word === 'too_many_attempts')).toHaveLength(110 - signInLimits.network.tries)
  })

  test('waits twice as long each time the attempts are used up, also for a name that does not exist', async ({
    db,
  }) => {
    const { username } = await buildAccount(db, { password })
    for (const name of [username, 'khong.co.ai']) {
      const waits: number[] = []
      for (let round = 0; round < 3; round++) {
        for (let n = 0; n < tries; n++) await outcome(db, name, 'sai', somewhere())
        waits.push(await waitOf(db, name, somewhere()))
        await db
          .update(loginLimits)
          .set({ expire: 1 })
          .where(like(loginLimits.key, `account:${name}`))
      }
      expect(waits).toEqual([900, 1800, 3600])
    }
  })

  test('is reset by the right password in time, and the office gets its attempts back', async ({ db }) => {
    const { username } = await buildAccount(db, { password })
    const office = somewhere()
    for (let round = 0; round < 8; round++) {
      expect(await outcome(db, username, 'sai', somewhere())).toBe('wrong_credentials')
      for (let n = 0; n < 3; n++) expect(await outcome(db, username, password, office)).toBe('in')
    }
  })
})

describe('signing in through the city', () => {
  test('finds the account by its username once and by its subject from then on', async ({ db }) => {
    const account = await buildAccount(db)
    const subject = `sub-${account.id}`
    const first = await signInWithSubject(
      { db, now },
      { subject, username: account.username.toUpperCase() },
      from(null),
    )
    expect(first.accountId).toBe(account.id)
    const later = await signInWithSubject({ db, now }, { subject, username: 'da.doi.ten' }, from(null))
    expect(later.accountId).toBe(account.id)
    const other = signInWithSubject({ db, now }, { subject: 'sub-other', username: account.username }, from(null))
    await expect(other).rejects.toThrow('unknown_account')
  })

  test('creates no account and does not sign in a deactivated one', async ({ db }) => {
    const shut = await buildAccount(db, { isActive: false })
    const claims = { subject: 'sub-x', username: shut.username }
    await expect(signInWithSubject({ db, now }, claims, from(null))).rejects.toThrow('unknown_account')
    const stranger = { subject: 'sub-y', username: 'nguoi.la' }
    await expect(signInWithSubject({ db, now }, stranger, from(null))).rejects.toThrow('unknown_account')
    expect(await db.$count(accounts, eq(accounts.username, 'nguoi.la'))).toBe(0)
  })
})
