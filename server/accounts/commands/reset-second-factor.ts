import { eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, passkeyChallenges, passkeys, recoveryCodes, sessions, totpSecrets } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'
import type { Context } from '../context.ts'
import { lockAccount } from '../queries/accounts.ts'
import { factorsOf } from '../queries/second-factor.ts'
import { robot } from '../rules/actor.ts'
import { mayAdminister } from '../rules/policy.ts'
import type { ResetSecondFactor } from '../rules/schemas.ts'
import { usernameOf } from '../rules/username.ts'
import { assertConfirmed } from './confirm-identity.ts'
import { revokeSessions } from './keep-sessions.ts'
import { type PostSettings, writeToAccount } from './write-to-account.ts'

/**
 * Removes every second factor of an account whose owner lost them: all its sign-ins end, and the owner gets a letter,
 * because someone else may have asked. Users remove their own factor on their own page.
 */
export async function resetSecondFactor(ctx: Context, sessionId: string, { accountId, reason }: ResetSecondFactor) {
  await assertConfirmed(ctx, sessionId)
  await ctx.db.transaction(async (tx) => {
    const account = await lockAccount(tx, ctx.actor, accountId)
    if (!mayAdminister(ctx.actor, account)) throw new DomainError('forbidden')
    if (accountId === ctx.actor.id) throw new DomainError('own_second_factor')
    await takeFactors(tx, ctx, account, reason)
  })
  return null
}

/**
 * Used when no administrator is left who could reset it. Called from a script on the server, never over the network.
 * The event names no person because the script knows none.
 */
export async function resetSecondFactorAtConsole(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { username, reason }: { username: string; reason: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const [account] = await tx
      .select({ id: accounts.id, agencyId: accounts.agencyId })
      .from(accounts)
      .where(eq(accounts.username, usernameOf(username)))
      .for('no key update')
    if (!account) throw new DomainError('not_found', { subject: 'account' })
    await takeFactors(tx, { actor: robot, now }, account, reason)
  })
}

async function takeFactors(
  tx: Transaction,
  ctx: Pick<Context, 'actor' | 'now'>,
  { id: accountId, agencyId }: { id: string; agencyId: string | null },
  reason: string,
): Promise<void> {
  const { totp, passkeys: keys } = await factorsOf(tx, accountId)
  if (!totp && keys.length === 0) throw new DomainError('no_second_factor')
  await tx.delete(totpSecrets).where(eq(totpSecrets.accountId, accountId))
  await tx.delete(passkeys).where(eq(passkeys.accountId, accountId))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
  const itsSessions = tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.accountId, accountId))
  await tx.delete(passkeyChallenges).where(inArray(passkeyChallenges.sessionId, itsSessions))
  const ended = await revokeSessions(tx, { accountId }, 'second_factor_reset', ctx.now())
  await recordEvent(tx, ctx, {
    event: 'account.second_factor_reset',
    subject: { kind: 'account', id: accountId },
    agencyId,
    details: { reason, ended },
  })
  await queueJob(tx, 'tell_second_factor_reset', { accountId, at: ctx.now().toISOString() })
}

/** Sends the account a letter that its second factor was removed: someone other than its owner may have asked. */
export const notifyReset = (
  ctx: Pick<Context, 'db'>,
  { accountId, at }: { accountId: string; at: string },
  settings?: PostSettings,
): Promise<boolean> =>
  writeToAccount(
    ctx,
    {
      accountId,
      about: 'secondFactorReset',
      values: {},
      path: '/sign-in',
      key: `second-factor-reset-${new Date(at).getTime()}`,
    },
    settings,
  )
