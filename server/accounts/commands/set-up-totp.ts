import { eq } from 'drizzle-orm'
import { renderSVG } from 'uqr'
import type { Transaction } from '#db/client.ts'
import { accounts, totpSecrets } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { secondFactorLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import { seal, unseal } from '../secrets.ts'
import { codeTries } from '../throttle.ts'
import { newTotpSecret, totpAddress, totpStepOf } from '../totp.ts'
import { assertConfirmed } from './confirm-identity.ts'
import { assertMayAdd, keepOne, lockFactors } from './keep-second-factors.ts'
import { markSecondFactor } from './keep-sessions.ts'
import { firstRecoveryCodes } from './recovery-codes.ts'
import { type Browser, settleIn } from './show-second-factor.ts'

type Session = { id: string; accountId: string }

/** Creates a secret and returns it as a QR code and as text. It takes effect once its first code was entered. */
export async function beginTotp(ctx: Context, session: Session): Promise<{ secret: string; svg: string }> {
  await assertConfirmed(ctx, session.id)
  const [account] = await ctx.db
    .select({ username: accounts.username })
    .from(accounts)
    .where(eq(accounts.id, session.accountId))
  if (!account) throw new DomainError('signed_out')
  const secret = newTotpSecret()
  const next = {
    nextSealed: seal(secret, session.accountId),
    nextBegunAt: ctx.now(),
    nextSessionId: session.id,
  }
  await ctx.db
    .insert(totpSecrets)
    .values({ accountId: session.accountId, ...next })
    .onConflictDoUpdate({ target: totpSecrets.accountId, set: next })
  return { secret, svg: renderSVG(totpAddress(secret, account.username), { border: 2 }) }
}

/**
 * Takes the first code: from now on this authenticator app is used instead of an earlier one. Returns the recovery
 * codes that come with a first factor.
 */
export async function finishTotp(
  ctx: Context & Browser,
  session: Session,
  code: string,
): Promise<{ codes: string[] | null }> {
  const { accountId } = session
  await codeTries.count(accountId)
  const codes = await ctx.db.transaction(async (tx) => {
    await assertMayAdd(tx, session)
    const { secret, replaces } = await begunTotp(tx, ctx, session)
    const step = totpStepOf(secret, code, ctx.now())
    if (!step) throw new DomainError('wrong_code')
    const at = ctx.now()
    await tx
      .update(totpSecrets)
      .set({ sealed: seal(secret, accountId), addedAt: at, lastUsedAt: at, lastStep: step, ...nothingBegun })
      .where(eq(totpSecrets.accountId, accountId))
    await markSecondFactor(tx, session, at)
    const codes = await firstRecoveryCodes(tx, accountId, at)
    await recordEvent(tx, ctx, {
      event: 'account.second_factor_added',
      subject: { kind: 'account', id: accountId },
      details: { way: 'totp', ...(replaces && { replaces }), sessionId: session.id },
    })
    return codes
  })
  await codeTries.forget(accountId)
  await settleIn(ctx, session)
  return { codes }
}

const nothingBegun = { nextSealed: null, nextBegunAt: null, nextSessionId: null }

async function begunTotp(tx: Transaction, { now }: Pick<Context, 'now'>, { id, accountId }: Session) {
  const [row] = await tx.select().from(totpSecrets).where(eq(totpSecrets.accountId, accountId)).for('update')
  const secret = row?.nextSealed && row.nextSessionId === id ? unseal(row.nextSealed, accountId) : null
  const age = now().getTime() - (row?.nextBegunAt?.getTime() ?? 0)
  if (!row || !secret || age > secondFactorLimits.enrolmentSeconds * 1000) throw new DomainError('enrolment_over')
  return { secret, replaces: row.sealed !== null }
}

/** Removes the authenticator app; the last factor only if the city does not require one. */
export async function removeTotp(ctx: Context, session: Session): Promise<null> {
  await assertConfirmed(ctx, session.id)
  const { accountId } = session
  await ctx.db.transaction(async (tx) => {
    await lockFactors(tx, accountId)
    const gone = await tx.delete(totpSecrets).where(eq(totpSecrets.accountId, accountId)).returning()
    if (!gone[0]?.sealed) throw new DomainError('not_found')
    await keepOne(tx, ctx)
    await recordEvent(tx, ctx, {
      event: 'account.second_factor_removed',
      subject: { kind: 'account', id: accountId },
      details: { way: 'totp' },
    })
  })
  return null
}
