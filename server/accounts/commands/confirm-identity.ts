import { eq } from 'drizzle-orm'
import { accounts, sessions } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { stepUpLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import { isPassword } from '../passwords.ts'
import { confirmationTries } from '../throttle.ts'

/** The password asked again in the middle of the work. Guessing here is counted by itself: strangers at the door do not shut it. */
export async function confirmIdentity(ctx: Context, sessionId: string, password: string): Promise<{ until: Date }> {
  if (!ctx.actor.id) throw new DomainError('signed_out')
  const [account] = await ctx.db.select().from(accounts).where(eq(accounts.id, ctx.actor.id))
  if (!account) throw new DomainError('signed_out')
  await confirmationTries.count(account.id)
  if (!(await isPassword(password, account.passwordHash))) throw new DomainError('wrong_password')
  await confirmationTries.forget(account.id)
  const at = ctx.now()
  await ctx.db.transaction(async (tx) => {
    await tx.update(sessions).set({ confirmedAt: at }).where(eq(sessions.id, sessionId))
    await recordEvent(tx, ctx, {
      event: 'account.identity_confirmed',
      subject: { kind: 'account', id: account.id },
      agencyId: account.agencyId,
      details: { sessionId },
    })
  })
  return { until: lapseOf(at) }
}

const lapseOf = (shownAt: Date): Date => new Date(shownAt.getTime() + stepUpLimits.seconds * 1000)

/** Until when the person has shown who he is: by signing in, or by the password since. Read from the table, for it changes by the minute. */
export async function confirmedUntil({ db }: Pick<Context, 'db'>, sessionId: string): Promise<Date> {
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
