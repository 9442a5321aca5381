import { eq } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { accounts, sessions } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { stepUpLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import { isPassword } from '../passwords.ts'
import { factorsOf } from '../queries/second-factor.ts'
import type { ConfirmIdentity } from '../rules/schemas.ts'
import type { RelyingParty, SecondFactorWay } from '../rules/second-factor.ts'
import { confirmationTries } from '../throttle.ts'
import { proveSecondFactor } from './prove-second-factor.ts'

/**
 * Confirms the user's identity again within a sign-in: by the second factor if the account has one, because a password
 * may have been seen over a shoulder; else by the password. Attempts are counted separately from those at sign-in, so
 * that strangers cannot block it.
 */
export async function confirmIdentity(
  ctx: Context,
  sessionId: string,
  rp: RelyingParty,
  proof: ConfirmIdentity,
): Promise<{ until: Date }> {
  if (!ctx.actor.id) throw new DomainError('signed_out')
  const [account] = await ctx.db.select().from(accounts).where(eq(accounts.id, ctx.actor.id))
  if (!account) throw new DomainError('signed_out')
  const at = ctx.now()
  const write = async (tx: Transaction, by: 'password' | SecondFactorWay) => {
    await tx.update(sessions).set({ confirmedAt: at }).where(eq(sessions.id, sessionId))
    await recordEvent(tx, ctx, {
      event: 'account.identity_confirmed',
      subject: { kind: 'account', id: account.id },
      agencyId: account.agencyId,
      details: { sessionId, by },
    })
  }
  if (!('password' in proof)) {
    const prover = { accountId: account.id, sessionId, triesOf: sessionId }
    await proveSecondFactor({ ...ctx, rp }, prover, proof, write)
    return { until: lapseOf(at) }
  }
  const { totp, passkeys } = await factorsOf(ctx.db, account.id)
  if (totp || passkeys.length > 0) throw new DomainError('second_factor_asked')
  await confirmationTries.count(account.id)
  if (!(await isPassword(proof.password, account.passwordHash))) throw new DomainError('wrong_password')
  await confirmationTries.forget(account.id)
  await ctx.db.transaction((tx) => write(tx, 'password'))
  return { until: lapseOf(at) }
}

const lapseOf = (shownAt: Date): Date => new Date(shownAt.getTime() + stepUpLimits.seconds * 1000)

/**
 * Until when the user's identity counts as confirmed: by signing in, or by the password or the second factor since.
 * Read from the table, because it changes often.
 */
export async function confirmedUntil({ db }: { db: Connection }, sessionId: string): Promise<Date> {
  const [session] = await db
    .select({ createdAt: sessions.createdAt, confirmedAt: sessions.confirmedAt })
    .from(sessions)
    .where(eq(sessions.id, sessionId))
  if (!session) throw new DomainError('signed_out')
  return lapseOf(session.confirmedAt ?? session.createdAt)
}

export async function assertConfirmed(ctx: Pick<Context, 'db' | 'now'>, sessionId: string): Promise<void> {
  if ((await confirmedUntil(ctx, sessionId)) < ctx.now()) throw new DomainError('step_up_needed')
}
