import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { and, eq, lt } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { passkeyChallenges, passkeys } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { secondFactorLimits } from '#server/platform/rules/limits.ts'
import type { ChallengePurpose } from '../rules/second-factor.ts'
import type { FactorDesk, Prover } from './prove-second-factor.ts'

type Desk = { db: Connection; now: () => Date }

/** Loaded with the first security key that is used: a process that sees none need not hold it. */
export const webAuthn = () => import('@simplewebauthn/server')

const lifeOfChallenge = secondFactorLimits.challengeSeconds * 1000

/** Stores a challenge for an authenticator; it replaces an earlier challenge of the same sign-in. */
export async function keepChallenge(
  { db, now }: Desk,
  sessionId: string,
  purpose: ChallengePurpose,
  challenge: string,
): Promise<void> {
  const row = { challenge, expiresAt: new Date(now().getTime() + lifeOfChallenge) }
  await db
    .insert(passkeyChallenges)
    .values({ sessionId, purpose, ...row })
    .onConflictDoUpdate({ target: [passkeyChallenges.sessionId, passkeyChallenges.purpose], set: row })
}

/** Returns and consumes the challenge, whether or not the response turns out to be right. */
export async function takeChallenge({ db, now }: Desk, sessionId: string, purpose: ChallengePurpose): Promise<string> {
  const [taken] = await db
    .delete(passkeyChallenges)
    .where(and(eq(passkeyChallenges.sessionId, sessionId), eq(passkeyChallenges.purpose, purpose)))
    .returning()
  if (!taken || taken.expiresAt <= now()) throw new DomainError('passkey_refused')
  return taken.challenge
}

/** The options that the browser passes to the authenticators of the account. */
export async function askForPasskey(desk: FactorDesk, { accountId, sessionId }: Omit<Prover, 'triesOf'>) {
  const known = await desk.db
    .select({ id: passkeys.credentialId, transports: passkeys.transports })
    .from(passkeys)
    .where(eq(passkeys.accountId, accountId))
  if (known.length === 0) throw new DomainError('not_found')
  const { generateAuthenticationOptions } = await webAuthn()
  const options = await generateAuthenticationOptions({
    rpID: desk.rp.id,
    allowCredentials: known,
    userVerification: 'required',
    timeout: lifeOfChallenge,
  })
  await keepChallenge(desk, sessionId, 'show', options.challenge)
  return options
}

type Use = (tx: Transaction) => Promise<'passkey' | null>

/**
 * Verifies what an authenticator signed. The returned function records the use: a counter that did not increase is that
 * of a cloned authenticator.
 */
export async function takePasskey(
  desk: FactorDesk,
  { accountId, sessionId }: Prover,
  response: AuthenticationResponseJSON,
): Promise<Use> {
  const expectedChallenge = await takeChallenge(desk, sessionId, 'show')
  const [passkey] = await desk.db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.accountId, accountId), eq(passkeys.credentialId, response.id)))
  if (!passkey) throw new DomainError('passkey_refused')
  const { verifyAuthenticationResponse } = await webAuthn()
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: desk.rp.origin,
    expectedRPID: desk.rp.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(() => {
    throw new DomainError('passkey_refused')
  })
  if (!verified) throw new DomainError('passkey_refused')
  const counter = authenticationInfo.newCounter
  return async (tx) => {
    // Authenticators without a counter always send zero.
    const isNewer = counter === 0 ? eq(passkeys.counter, 0) : lt(passkeys.counter, counter)
    const used = await tx
      .update(passkeys)
      .set({ counter, lastUsedAt: desk.now() })
      .where(and(eq(passkeys.id, passkey.id), isNewer))
      .returning({ id: passkeys.id })
    return used.length === 1 ? 'passkey' : null
  }
}
