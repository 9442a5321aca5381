import { and, eq } from 'drizzle-orm'
import { accounts, passkeys } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { secondFactorLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import type { AddPasskey, PasskeyId, RenamePasskey } from '../rules/schemas.ts'
import type { RelyingParty } from '../rules/second-factor.ts'
import { assertConfirmed } from './confirm-identity.ts'
import { assertMayAdd, keepOne, lockFactors } from './keep-second-factors.ts'
import { markSecondFactor } from './keep-sessions.ts'
import { keepChallenge, takeChallenge, webAuthn } from './passkey-challenges.ts'
import { firstRecoveryCodes } from './recovery-codes.ts'
import { type Browser, settleIn } from './show-second-factor.ts'

type Session = { id: string; accountId: string }

/** The options that the browser passes to the authenticator that creates a key. */
export async function beginPasskey(ctx: Context, session: Session, rp: RelyingParty) {
  await assertConfirmed(ctx, session.id)
  const { accountId } = session
  const [[account], known] = await Promise.all([
    ctx.db
      .select({ username: accounts.username, name: accounts.name })
      .from(accounts)
      .where(eq(accounts.id, accountId)),
    ctx.db
      .select({ id: passkeys.credentialId, transports: passkeys.transports })
      .from(passkeys)
      .where(eq(passkeys.accountId, accountId)),
  ])
  if (!account) throw new DomainError('signed_out')
  if (known.length >= secondFactorLimits.passkeys) throw new DomainError('too_many_passkeys', { count: known.length })
  const { generateRegistrationOptions } = await webAuthn()
  const options = await generateRegistrationOptions({
    rpName: 'iHanoi Desk',
    rpID: rp.id,
    userID: new Uint8Array(Buffer.from(accountId)),
    userName: account.username,
    userDisplayName: account.name,
    excludeCredentials: known,
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    timeout: secondFactorLimits.challengeSeconds * 1000,
  })
  await keepChallenge(ctx, session.id, 'add', options.challenge)
  return options
}

/** Stores the key that an authenticator created. Returns the recovery codes that come with a first factor. */
export async function addPasskey(
  ctx: Context & Browser,
  session: Session,
  rp: RelyingParty,
  { response, name }: AddPasskey,
): Promise<{ codes: string[] | null }> {
  const { accountId } = session
  const expectedChallenge = await takeChallenge(ctx, session.id, 'add')
  const { verifyRegistrationResponse } = await webAuthn()
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: rp.origin,
    expectedRPID: rp.id,
    requireUserVerification: true,
  }).catch(() => {
    throw new DomainError('passkey_refused')
  })
  if (!verified) throw new DomainError('passkey_refused')
  const { id: credentialId, publicKey, counter, transports } = registrationInfo.credential
  const at = ctx.now()
  const codes = await ctx.db.transaction(async (tx) => {
    await assertMayAdd(tx, session)
    const [kept] = await tx
      .insert(passkeys)
      .values({
        accountId,
        credentialId,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        counter,
        transports: transports ?? [],
        name,
        createdAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: passkeys.id })
    if (!kept) throw new DomainError('passkey_refused')
    await markSecondFactor(tx, session, at)
    const codes = await firstRecoveryCodes(tx, accountId, at)
    await recordEvent(tx, ctx, {
      event: 'account.second_factor_added',
      subject: { kind: 'account', id: accountId },
      details: { way: 'passkey', name, sessionId: session.id },
    })
    return codes
  })
  await settleIn(ctx, session)
  return { codes }
}

export async function renamePasskey(ctx: Context, session: Session, { id, name }: RenamePasskey): Promise<null> {
  const { accountId } = session
  await ctx.db.transaction(async (tx) => {
    const [before] = await tx
      .select({ name: passkeys.name })
      .from(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.accountId, accountId)))
      .for('update')
    if (!before) throw new DomainError('not_found')
    await tx.update(passkeys).set({ name }).where(eq(passkeys.id, id))
    await recordEvent(tx, ctx, {
      event: 'account.passkey_renamed',
      subject: { kind: 'account', id: accountId },
      details: { name: [before.name, name] },
    })
  })
  return null
}

export async function removePasskey(ctx: Context, session: Session, { id }: PasskeyId): Promise<null> {
  await assertConfirmed(ctx, session.id)
  const { accountId } = session
  await ctx.db.transaction(async (tx) => {
    await lockFactors(tx, accountId)
    const [gone] = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.accountId, accountId)))
      .returning({ name: passkeys.name })
    if (!gone) throw new DomainError('not_found')
    await keepOne(tx, ctx)
    await recordEvent(tx, ctx, {
      event: 'account.second_factor_removed',
      subject: { kind: 'account', id: accountId },
      details: { way: 'passkey', name: gone.name },
    })
  })
  return null
}
