import { and, eq, isNull, or } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { knownDeviceOf } from '../known-device.ts'
import { isPassword } from '../passwords.ts'
import { readSession } from '../queries/sessions.ts'
import { demoPassword, passwordOf } from '../rules/password.ts'
import { usernameOf } from '../rules/username.ts'
import { countAttempt, deviceTries, forgetAttempts } from '../throttle.ts'
import { type Arrival, revokeSessions, startSession } from './keep-sessions.ts'
import { notifyLocked } from './lock-networks.ts'

/** `isFull`: no second factor is outstanding; an outstanding one is verified within the sign-in. */
export type SignedIn = { accountId: string; sessionId: string; name: string; isFull: boolean }

export type Visitor = Arrival & {
  /** The previous sign-in of the browser: the new one replaces it. */
  previousSessionId?: string
  /** The known-device cookie of the browser. */
  device?: string
}

type Desk = { db: Database; now: () => Date }
type Found = { id: string; name: string; username: string }

const longestUsername = 100

/** All refusals look the same and take equally long, so that they do not reveal whether the name exists. */
export async function signInWithPassword(
  desk: Desk,
  typed: { username: string; password: string },
  visitor: Visitor,
): Promise<SignedIn> {
  const username = usernameOf(typed.username).slice(0, longestUsername)
  const [account] = await desk.db
    .select({
      id: accounts.id,
      name: accounts.name,
      username: accounts.username,
      passwordHash: accounts.passwordHash,
      isActive: accounts.isActive,
    })
    .from(accounts)
    .where(eq(accounts.username, username))
  // Attempts of a known device and those of strangers are counted separately.
  const device = await knownDeviceOf(visitor.device, account, desk.now())
  await (device
    ? deviceTries.count(device)
    : countAttempt(username, visitor.ip, (locked) => notifyLocked(desk, locked, visitor)))
  const isRight = await isPassword(typed.password, account?.passwordHash)
  const isShut = passwordOf(typed.password) === demoPassword && !environment().demo
  if (!account?.isActive || !isRight || isShut) throw new DomainError('wrong_credentials')
  await (device ? deviceTries.forget(device) : forgetAttempts(username, visitor.ip))
  return openSession(desk, account, visitor, 'password')
}

/** Signs in a person identified by the city's own sign-in. It never creates an account. */
export async function signInWithSubject(
  desk: Desk,
  claims: { subject: string; username: string | undefined; secondFactorShown?: boolean },
  visitor: Visitor,
): Promise<SignedIn> {
  const username = claims.username ? usernameOf(claims.username) : undefined
  const named = username ? and(eq(accounts.username, username), isNull(accounts.oidcSubject)) : undefined
  const found = await desk.db
    .select({
      id: accounts.id,
      name: accounts.name,
      username: accounts.username,
      isActive: accounts.isActive,
      oidcSubject: accounts.oidcSubject,
    })
    .from(accounts)
    .where(or(eq(accounts.oidcSubject, claims.subject), named))
  const account = found.find(({ oidcSubject }) => oidcSubject === claims.subject) ?? found[0]
  if (!account?.isActive) throw new DomainError('unknown_account')
  if (!account.oidcSubject) {
    // From now on the subject identifies the account: a later owner of this username there does not get the account.
    await desk.db
      .update(accounts)
      .set({ oidcSubject: claims.subject })
      .where(and(eq(accounts.id, account.id), isNull(accounts.oidcSubject)))
  }
  return openSession(desk, account, { ...visitor, secondFactorShown: claims.secondFactorShown === true }, 'oidc')
}

type Coming = Visitor & { secondFactorShown?: boolean }

async function openSession(desk: Desk, account: Found, visitor: Coming, by: 'password' | 'oidc'): Promise<SignedIn> {
  const at = desk.now()
  return desk.db.transaction(async (tx) => {
    if (visitor.previousSessionId) {
      await revokeSessions(tx, { sessionId: visitor.previousSessionId }, 'signed_in_again', at)
    }
    const sessionId = await startSession(tx, account.id, at, visitor)
    const actor = { kind: 'staff', id: account.id, name: account.name, grants: [] } as const
    const { pending } = await readSession(tx, sessionId, at)
    const details = { sessionId, by, ...(pending && { secondFactor: pending.step }) }
    await recordEvent(
      tx,
      { actor, now: () => at, requestId: visitor.requestId, ip: visitor.ip },
      { event: 'account.signed_in', subject: { kind: 'account', id: account.id }, details },
    )
    return { accountId: account.id, sessionId, name: account.name, isFull: !pending }
  })
}
