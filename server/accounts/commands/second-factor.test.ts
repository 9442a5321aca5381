import { and, eq, like } from 'drizzle-orm'
import { beforeEach, describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { Authenticator } from '#db/factories/authenticator.ts'
import { openMailbox } from '#db/factories/mailbox.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { events, loginLimits, passkeys, recoveryCodes, sessions, settings, totpSecrets } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { DomainError } from '#server/platform/errors.ts'
import { secondFactorLimits, stepUpLimits } from '#server/platform/rules/limits.ts'
import { readSession } from '../queries/sessions.ts'
import type { Role } from '../rules/actor.ts'
import type { SecondFactorProof } from '../rules/schemas.ts'
import { totpCodeAt } from '../totp.ts'
import { assertConfirmed, confirmIdentity } from './confirm-identity.ts'
import { addPasskey, beginPasskey, removePasskey } from './keep-passkeys.ts'
import { askForPasskey } from './passkey-challenges.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'
import { notifyReset, resetSecondFactor, resetSecondFactorAtConsole } from './reset-second-factor.ts'
import { beginTotp, finishTotp, removeTotp } from './set-up-totp.ts'
import { showSecondFactor } from './show-second-factor.ts'
import { signInWithPassword, signInWithSubject } from './sign-in.ts'

const password = 'cầu Long Biên 1902'
const rp = { id: 'desk.test', origin: 'https://desk.test' }
const start = new Date('2026-03-02T02:00:10Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const visitor = { ip: null, userAgent: null }

type Person = BuiltAccount & { secret: string; codes: string[] }

const at = (db: Database, account: BuiltAccount, moment: Date) => ({ db, actor: account.actor, now: () => moment })

/** An account with an authenticator app set up at the start. */
async function withTotp(db: Database, wanted: Parameters<typeof buildAccount>[1] = {}): Promise<Person> {
  const account = await buildAccount(db, { password, ...wanted })
  const session = await buildSession(db, account.username, start)
  const ctx = at(db, account, start)
  const { secret } = await beginTotp(ctx, session)
  const { codes } = await finishTotp(ctx, session, totpCodeAt(secret, start))
  return { ...account, secret, codes: codes ?? [] }
}

async function signIn(db: Database, { username }: { username: string }, moment: Date) {
  const signedIn = await signInWithPassword({ db, now: () => moment }, { username, password }, visitor)
  return { id: signedIn.sessionId, accountId: signedIn.accountId, isFull: signedIn.isFull }
}

const refusalOf = async (db: Database, id: string, moment: Date) => (await readSession(db, id, moment)).refusal ?? null

async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'done'
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

const show = (
  db: Database,
  person: BuiltAccount,
  session: { id: string; accountId: string },
  moment: Date,
  proof: SecondFactorProof,
) => outcome(showSecondFactor(at(db, person, moment), session, rp, proof))

async function ask(db: Database, ...roles: Role[]): Promise<void> {
  const row = { key: 'secondFactorRoles', value: roles }
  await db.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row })
}

beforeEach<{ db: Database }>(async ({ db }) => {
  await ask(db)
})

describe('a sign-in by password', () => {
  test('of an account with a second factor gives no access until the factor was verified', async ({ db }) => {
    const person = await withTotp(db)
    const session = await signIn(db, person, later(60))
    expect(session.isFull).toBe(false)
    expect(await readSession(db, session.id, later(60))).toMatchObject({
      session: null,
      refusal: 'second_factor_needed',
      pending: { step: 'show' },
    })
    expect(await show(db, person, session, later(60), { code: totpCodeAt(person.secret, later(60)) })).toBe('done')
    expect(await refusalOf(db, session.id, later(60))).toBeNull()
    const told = await db.select().from(events).where(eq(events.event, 'account.second_factor_shown'))
    expect(told.at(-1)?.details).toEqual({ sessionId: session.id, by: 'totp' })
  })

  test('that is idle or ended is not even read-only while the factor is outstanding', async ({ db }) => {
    const person = await withTotp(db)
    const session = await signIn(db, person, later(60))
    expect(await readSession(db, session.id, later(60 + 31 * 60))).toEqual({ session: null, refusal: 'session_idle' })
  })

  test('of a role for which the city requires one leads to the set-up only', async ({ db }) => {
    await ask(db, 'admin')
    const person = await buildAccount(db, { agency: await buildCity(db), roles: ['admin'], password })
    const session = await signIn(db, person, start)
    expect((await readSession(db, session.id, start)).pending?.step).toBe('enrol')
    const ctx = at(db, person, start)
    const { secret } = await beginTotp(ctx, session)
    expect(await refusalOf(db, session.id, start)).toBe('second_factor_needed')
    const { codes } = await finishTotp(ctx, session, totpCodeAt(secret, start))
    expect(codes).toHaveLength(secondFactorLimits.recoveryCodes)
    expect(await refusalOf(db, session.id, start)).toBeNull()
  })

  test('made without one cannot add one after another sign-in has set one up', async ({ db }) => {
    await ask(db, 'admin')
    const person = await buildAccount(db, { agency: await buildCity(db), roles: ['admin'], password })
    const [owner, thief] = [await signIn(db, person, start), await signIn(db, person, start)]
    const ctx = at(db, person, start)
    const key = new Authenticator(rp.origin)
    const question = await beginPasskey(ctx, thief, rp)
    const { secret } = await beginTotp(ctx, owner)
    await finishTotp(ctx, owner, totpCodeAt(secret, start))
    const response = key.register(question)
    expect(await outcome(addPasskey(ctx, thief, rp, { name: 'Khóa lạ', response }))).toBe('second_factor_needed')
    const { secret: other } = await beginTotp(ctx, thief)
    expect(await outcome(finishTotp(ctx, thief, totpCodeAt(other, start)))).toBe('second_factor_needed')
    expect(await db.select().from(passkeys).where(eq(passkeys.accountId, person.id))).toEqual([])
    expect(await refusalOf(db, thief.id, start)).toBe('second_factor_needed')
  })

  test('is limited at once when the city begins to require one, until the factor was verified', async ({ db }) => {
    const person = await buildAccount(db, { roles: ['manager'], password })
    const session = await signIn(db, person, start)
    expect(session.isFull).toBe(true)
    await ask(db, 'manager')
    expect(await refusalOf(db, session.id, start)).toBe('second_factor_needed')
  })
})

describe('a code of the authenticator app', () => {
  test('is accepted once, regardless of its spacing', async ({ db }) => {
    const person = await withTotp(db)
    const code = totpCodeAt(person.secret, later(60))
    const [one, other] = [await signIn(db, person, later(60)), await signIn(db, person, later(60))]
    expect(await show(db, person, one, later(60), { code: `${code.slice(0, 3)} ${code.slice(3)}` })).toBe('done')
    expect(await show(db, person, other, later(61), { code })).toBe('wrong_code')
  })

  test('is accepted once if two use it at the same time', async ({ db }) => {
    const person = await withTotp(db)
    const code = totpCodeAt(person.secret, later(60))
    const both = [await signIn(db, person, later(60)), await signIn(db, person, later(60))]
    const outcomes = await Promise.all(both.map((session) => show(db, person, session, later(60), { code })))
    expect(outcomes.sort()).toEqual(['done', 'wrong_code'])
  })

  test('that was used for the set-up cannot also sign in', async ({ db }) => {
    const person = await withTotp(db)
    const session = await signIn(db, person, later(1))
    expect(await show(db, person, session, later(1), { code: totpCodeAt(person.secret, start) })).toBe('wrong_code')
  })

  test.for([
    [-2, 'wrong_code'],
    [-1, 'done'],
    [0, 'done'],
    [1, 'done'],
    [2, 'wrong_code'],
  ] as const)('that is %i steps away is answered %s', async ([steps, expected], { db }) => {
    const person = await withTotp(db)
    const moment = later(600)
    const session = await signIn(db, person, moment)
    const code = totpCodeAt(person.secret, later(600 + steps * secondFactorLimits.stepSeconds))
    expect(await show(db, person, session, moment, { code })).toBe(expected)
  })

  test('older than an accepted one is refused after it', async ({ db }) => {
    const person = await withTotp(db)
    const [one, other] = [await signIn(db, person, later(600)), await signIn(db, person, later(600))]
    expect(await show(db, person, one, later(600), { code: totpCodeAt(person.secret, later(630)) })).toBe('done')
    expect(await show(db, person, other, later(600), { code: totpCodeAt(person.secret, later(600)) })).toBe(
      'wrong_code',
    )
  })

  test('cannot be guessed: after five wrong ones the right one waits too, one after the other or fifty at once', async ({
    db,
  }) => {
    for (const rhythm of ['in turn', 'at once']) {
      const person = await withTotp(db)
      const session = await signIn(db, person, later(60))
      const right = totpCodeAt(person.secret, later(60))
      const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
      const guess = () => show(db, person, session, later(60), { code: wrong })
      const outcomes: string[] = []
      if (rhythm === 'at once') outcomes.push(...(await Promise.all(Array.from({ length: 50 }, guess))))
      else for (let n = 0; n < 7; n++) outcomes.push(await guess())
      expect(outcomes.filter((each) => each === 'wrong_code')).toHaveLength(secondFactorLimits.codes.tries)
      expect(await show(db, person, session, later(60), { code: right })).toBe('too_many_attempts')
      expect(await refusalOf(db, session.id, later(60))).toBe('second_factor_needed')
    }
  })

  test('guessed at sign-in does not block confirmation within a running sign-in', async ({ db }) => {
    const person = await withTotp(db)
    const running = await buildSession(db, person.username, start)
    const session = await signIn(db, person, later(60))
    for (let n = 0; n < 7; n++) await show(db, person, session, later(60), { code: '000000' })
    const proof = { code: totpCodeAt(person.secret, later(60)) }
    expect(await outcome(confirmIdentity(at(db, person, later(60)), running.id, rp, proof))).toBe('done')
  })

  test('comes from a secret that is encrypted in the database, for this account only', async ({ db }) => {
    const [one, other] = [await withTotp(db), await withTotp(db)]
    const [row] = await db.select().from(totpSecrets).where(eq(totpSecrets.accountId, one.id))
    expect(row?.sealed).not.toContain(one.secret)
    await db.update(totpSecrets).set({ sealed: row?.sealed }).where(eq(totpSecrets.accountId, other.id))
    const session = await signIn(db, other, later(60))
    expect(await show(db, other, session, later(60), { code: totpCodeAt(one.secret, later(60)) })).toBe('wrong_code')
  })
})

describe('setting up an authenticator app', () => {
  test('must be finished in the sign-in in which it was begun, and in time', async ({ db }) => {
    const account = await buildAccount(db, { password })
    const [session, other] = [
      await buildSession(db, account.username, start),
      await buildSession(db, account.username, start),
    ]
    const { secret } = await beginTotp(at(db, account, start), session)
    const elsewhere = finishTotp(at(db, account, start), other, totpCodeAt(secret, start))
    await expect(elsewhere).rejects.toThrow('enrolment_over')
    const late = later(secondFactorLimits.enrolmentSeconds + 1)
    await expect(finishTotp(at(db, account, late), session, totpCodeAt(secret, late))).rejects.toThrow('enrolment_over')
    expect((await readSession(db, session.id, start)).session).not.toBeNull()
  })

  test('requires a new confirmation if the sign-in is older than ten minutes', async ({ db }) => {
    const account = await buildAccount(db, { password })
    const session = await buildSession(db, account.username, start)
    const late = later(stepUpLimits.seconds + 1)
    await expect(beginTotp(at(db, account, late), session)).rejects.toThrow('step_up_needed')
    await expect(beginPasskey(at(db, account, late), session, rp)).rejects.toThrow('step_up_needed')
  })

  test('a second time replaces the first once its code was entered, not before', async ({ db }) => {
    const person = await withTotp(db)
    const session = await buildSession(db, person.username, later(60))
    const ctx = at(db, person, later(60))
    const { secret } = await beginTotp(ctx, session)
    const meanwhile = await signIn(db, person, later(60))
    expect(await show(db, person, meanwhile, later(60), { code: totpCodeAt(person.secret, later(60)) })).toBe('done')
    await expect(finishTotp(ctx, session, totpCodeAt(secret, later(60)))).resolves.toEqual({ codes: null })
    const next = await signIn(db, person, later(120))
    expect(await show(db, person, next, later(120), { code: totpCodeAt(person.secret, later(120)) })).toBe('wrong_code')
    expect(await show(db, person, next, later(120), { code: totpCodeAt(secret, later(120)) })).toBe('done')
  })

  test('makes the other sign-ins of the account require it', async ({ db }) => {
    const account = await buildAccount(db, { password })
    const before = await signIn(db, account, start)
    const session = await signIn(db, account, start)
    const { secret } = await beginTotp(at(db, account, start), session)
    await finishTotp(at(db, account, start), session, totpCodeAt(secret, start))
    expect(await refusalOf(db, before.id, start)).toBe('second_factor_needed')
    expect(await refusalOf(db, session.id, start)).toBeNull()
  })
})

describe('a recovery code', () => {
  test('signs in once, also under a race, and is stored as a hash', async ({ db }) => {
    const person = await withTotp(db)
    expect(person.codes).toHaveLength(10)
    const [recoveryCode = ''] = person.codes
    const kept = await db.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, person.id))
    expect(kept.some(({ codeHash }) => codeHash.includes(recoveryCode.slice(0, 5)))).toBe(false)
    const many = await Promise.all(Array.from({ length: 4 }, () => signIn(db, person, later(60))))
    const outcomes = await Promise.all(many.map((session) => show(db, person, session, later(60), { recoveryCode })))
    expect(outcomes.sort()).toEqual(['done', 'wrong_code', 'wrong_code', 'wrong_code'])
    expect(await show(db, person, many[0] as { id: string; accountId: string }, later(90), { recoveryCode })).toBe(
      'wrong_code',
    )
  })

  test('of another account is refused', async ({ db }) => {
    const [one, other] = [await withTotp(db), await withTotp(db)]
    const session = await signIn(db, one, later(60))
    expect(await show(db, one, session, later(60), { recoveryCode: other.codes[0] ?? '' })).toBe('wrong_code')
  })

  test('made before ten new ones is no longer accepted', async ({ db }) => {
    const person = await withTotp(db)
    const session = await buildSession(db, person.username, later(60))
    const fresh = await renewRecoveryCodes(at(db, person, later(60)), session)
    const door = await signIn(db, person, later(60))
    expect(await show(db, person, door, later(60), { recoveryCode: person.codes[1] ?? '' })).toBe('wrong_code')
    expect(await show(db, person, door, later(60), { recoveryCode: fresh[1]?.toUpperCase() ?? '' })).toBe('done')
  })
})

describe('a passkey', () => {
  async function withPasskey(db: Database) {
    const account = await buildAccount(db, { password })
    const session = await buildSession(db, account.username, start)
    const ctx = at(db, account, start)
    const key = new Authenticator(rp.origin)
    const response = key.register((await beginPasskey(ctx, session, rp)) as never)
    const { codes } = await addPasskey(ctx, session, rp, { name: 'Máy cơ quan', response })
    return { account, key, ctx, session, response, codes }
  }

  const asked = async (db: Database, session: { id: string; accountId: string }, moment = later(60)) =>
    askForPasskey({ db, now: () => moment, rp }, { accountId: session.accountId, sessionId: session.id })

  test('is set up with recovery codes, and signs in', async ({ db }) => {
    const { account, key, codes } = await withPasskey(db)
    expect(codes).toHaveLength(10)
    const session = await signIn(db, account, later(60))
    expect((await readSession(db, session.id, later(60))).pending?.step).toBe('show')
    const passkey = key.sign((await asked(db, session)) as never)
    expect(await show(db, account, session, later(60), { passkey })).toBe('done')
    expect(await refusalOf(db, session.id, later(60))).toBeNull()
  })

  test('answers a challenge once, in time, in the sign-in it was made for, at this address', async ({ db }) => {
    const { account, key, ctx, session: first, response } = await withPasskey(db)
    await expect(addPasskey(ctx, first, rp, { name: 'Lần nữa', response })).rejects.toThrow('passkey_refused')
    const [session, other] = [await signIn(db, account, later(60)), await signIn(db, account, later(60))]
    const passkey = key.sign((await asked(db, session)) as never)
    await asked(db, other)
    expect(await show(db, account, other, later(60), { passkey })).toBe('passkey_refused')
    expect(await show(db, account, session, later(60), { passkey })).toBe('done')
    expect(await show(db, account, session, later(61), { passkey })).toBe('passkey_refused')
    const late = key.sign((await asked(db, other)) as never)
    expect(await show(db, account, other, later(60 + 301), { passkey: late })).toBe('passkey_refused')
    const elsewhere = new Authenticator('https://desk.example')
    expect(
      await show(db, account, other, later(60), { passkey: elsewhere.sign((await asked(db, other)) as never) }),
    ).toBe('passkey_refused')
  })

  test('that was cloned is refused: its counter does not increase', async ({ db }) => {
    const { account, key } = await withPasskey(db)
    const session = await signIn(db, account, later(60))
    expect(
      await show(db, account, session, later(60), { passkey: key.sign((await asked(db, session)) as never) }),
    ).toBe('done')
    key.counter -= 1
    const copied = key.sign((await asked(db, session)) as never)
    expect(await show(db, account, session, later(61), { passkey: copied })).toBe('passkey_refused')
  })

  test('that is malformed is refused and causes no defect', async ({ db }) => {
    const { account, key } = await withPasskey(db)
    const session = await signIn(db, account, later(60))
    const whole = key.sign((await asked(db, session)) as never)
    for (const piece of [{ clientDataJSON: '%%%' }, { authenticatorData: '' }, { signature: 'AAAA' }]) {
      const passkey = { ...whole, response: { ...whole.response, ...piece } }
      await asked(db, session)
      expect(await show(db, account, session, later(60), { passkey })).toBe('passkey_refused')
      await db.delete(loginLimits).where(like(loginLimits.key, `%${account.id}`))
    }
  })

  test('that was removed is refused, and the codes are removed with the last factor', async ({ db }) => {
    const { account, ctx, session } = await withPasskey(db)
    const [kept] = await db.select().from(passkeys).where(eq(passkeys.accountId, account.id))
    await removePasskey(ctx, session, { id: kept?.id ?? '' })
    expect(await db.$count(recoveryCodes, eq(recoveryCodes.accountId, account.id))).toBe(0)
    expect((await signIn(db, account, later(60))).isFull).toBe(true)
  })
})

describe('removing the authenticator app', () => {
  test('is refused for the last factor of a role for which the city requires one', async ({ db }) => {
    const person = await withTotp(db, { roles: ['manager'] })
    const session = await buildSession(db, person.username, later(60))
    await ask(db, 'manager')
    await expect(removeTotp(at(db, person, later(60)), session)).rejects.toThrow('last_second_factor')
    await ask(db)
    await removeTotp(at(db, person, later(60)), session)
    expect((await signIn(db, person, later(60))).isFull).toBe(true)
  })
})

describe('confirming the identity again', () => {
  test('requires the second factor if there is one, and no longer accepts the password', async ({ db }) => {
    const person = await withTotp(db)
    const session = await buildSession(db, person.username, start)
    const moment = later(stepUpLimits.seconds + 60)
    const ctx = at(db, person, moment)
    await expect(assertConfirmed(ctx, session.id)).rejects.toThrow('step_up_needed')
    expect(await outcome(confirmIdentity(ctx, session.id, rp, { password }))).toBe('second_factor_asked')
    await expect(assertConfirmed(ctx, session.id)).rejects.toThrow('step_up_needed')
    const code = totpCodeAt(person.secret, moment)
    expect(await outcome(confirmIdentity(ctx, session.id, rp, { code }))).toBe('done')
    await expect(assertConfirmed(ctx, session.id)).resolves.toBeUndefined()
    expect(await outcome(confirmIdentity(ctx, session.id, rp, { code }))).toBe('wrong_code')
  })
})

describe('the city’s own sign-in', () => {
  const through = (db: Database, { username, id }: BuiltAccount, secondFactorShown: boolean) =>
    signInWithSubject({ db, now: () => later(60) }, { subject: `sub-${id}`, username, secondFactorShown }, visitor)

  test('does not bypass the second factor', async ({ db }) => {
    const person = await withTotp(db)
    const { sessionId, isFull } = await through(db, person, false)
    expect([isFull, await refusalOf(db, sessionId, later(60))]).toEqual([false, 'second_factor_needed'])
    await ask(db, 'manager')
    const asked = await buildAccount(db, { roles: ['manager'] })
    const { sessionId: owing } = await through(db, asked, false)
    expect((await readSession(db, owing, later(60))).pending?.step).toBe('enrol')
  })

  test('counts if it has required one itself; the password sign-in still requires ours', async ({ db }) => {
    const person = await withTotp(db)
    const { sessionId, isFull } = await through(db, person, true)
    expect([isFull, await refusalOf(db, sessionId, later(60))]).toEqual([true, null])
    expect((await signIn(db, person, later(60))).isFull).toBe(false)
  })
})

describe('an administrator', () => {
  const reason = 'Mất điện thoại, đã gặp trực tiếp'

  async function buildAdmin(db: Database, moment = later(60)) {
    const admin = await buildAccount(db, { agency: await buildCity(db), roles: ['admin'] })
    const { id } = await buildSession(db, admin.username, moment)
    return { admin, sessionId: id }
  }

  test('resets a second factor with a reason: it is removed, sign-ins end, with an event and a letter', async ({
    db,
    sql,
  }) => {
    const person = await withTotp(db)
    const running = await buildSession(db, person.username, later(60))
    const { admin, sessionId } = await buildAdmin(db)
    await resetSecondFactor(at(db, admin, later(60)), sessionId, { accountId: person.id, reason })
    expect(await refusalOf(db, running.id, later(60))).toBe('session_revoked')
    const [ended] = await db.select().from(sessions).where(eq(sessions.id, running.id))
    expect(ended?.revokeReason).toBe('second_factor_reset')
    for (const table of [totpSecrets, passkeys, recoveryCodes]) {
      expect(await db.$count(table, eq(table.accountId, person.id))).toBe(0)
    }
    const told = await db
      .select()
      .from(events)
      .where(and(eq(events.event, 'account.second_factor_reset'), eq(events.subjectId, person.id)))
    expect(told).toMatchObject([{ actorId: admin.id, details: { reason } }])
    const letters = await sql`select 1 from graphile_worker.jobs where task_identifier = 'tell_second_factor_reset'`
    expect(letters).toHaveLength(1)
    expect((await signIn(db, person, later(60))).isFull).toBe(true)
  })

  test('who is the last, and has lost it, is reset from the console', async ({ db }) => {
    const person = await withTotp(db, { agency: await buildCity(db), roles: ['admin'] })
    const asked = { username: person.username.toUpperCase(), reason }
    await resetSecondFactorAtConsole({ db, now: () => later(60) }, asked)
    expect((await signIn(db, person, later(60))).isFull).toBe(true)
    const told = and(eq(events.event, 'account.second_factor_reset'), eq(events.subjectId, person.id))
    expect(await db.select().from(events).where(told)).toMatchObject([{ actorKind: 'robot', details: { reason } }])
    expect(await outcome(resetSecondFactorAtConsole({ db, now: () => start }, asked))).toBe('no_second_factor')
    const nobody = { username: 'khong.co.ai', reason }
    expect(await outcome(resetSecondFactorAtConsole({ db, now: () => start }, nobody))).toBe('not_found')
  })

  test('causes a letter to the owner, if there is a mail server and the address is one of the city', async ({
    db,
    onTestFinished,
  }) => {
    const box = await openMailbox()
    onTestFinished(box.close)
    const mail = { url: box.url, from: 'desk@hanoi.example', domains: ['hanoi.example'] }
    const appUrl = new URL('https://desk.hanoi.example')
    const owner = await buildAccount(db, { name: 'Đặng Thị Mất Máy', email: 'mat.may@hanoi.example' })
    const payload = { accountId: owner.id, at: start.toISOString() }
    expect(await notifyReset({ db }, payload, { mail, appUrl })).toBe(true)
    expect(box.letters[0]).toMatchObject({
      to: ['mat.may@hanoi.example'],
      subject: 'Xác thực hai lớp của bạn đã được đặt lại',
    })
    expect(box.letters[0]?.text).toContain('https://desk.hanoi.example/sign-in')
    expect(await notifyReset({ db }, payload, { mail: undefined })).toBe(false)
    const elsewhere = await buildAccount(db, { email: 'ai.do@elsewhere.example' })
    expect(await notifyReset({ db }, { ...payload, accountId: elsewhere.id }, { mail, appUrl })).toBe(false)
    expect(box.letters).toHaveLength(1)
  })

  test('does so within reach, freshly confirmed, and never for their own account', async ({ db }) => {
    const person = await withTotp(db)
    const { admin, sessionId } = await buildAdmin(db, start)
    const late = later(stepUpLimits.seconds + 1)
    const input = { accountId: person.id, reason }
    await expect(resetSecondFactor(at(db, admin, late), sessionId, input)).rejects.toThrow('step_up_needed')
    const elsewhere = await buildAccount(db, { roles: ['admin'] })
    const { id } = await buildSession(db, elsewhere.username, start)
    await expect(resetSecondFactor(at(db, elsewhere, start), id, input)).rejects.toThrow('not_found')
    const own = resetSecondFactor(at(db, admin, start), sessionId, { accountId: admin.id, reason })
    await expect(own).rejects.toThrow('own_second_factor')
  })
})
