import { eq } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { assertFit } from '../password-strength.ts'
import { hashPassword, isPassword } from '../passwords.ts'
import type { ChangePassword } from '../rules/schemas.ts'
import { confirmationTries } from '../throttle.ts'
import { revokeSessions } from './keep-sessions.ts'

/**
 * Changes the user's own password. Wrong current passwords count like those of any other confirmation within a sign-in;
 * every other sign-in of the account ends, only the current one continues.
 */
export async function changePassword(ctx: Context, sessionId: string, { current, next }: ChangePassword) {
  if (!ctx.actor.id) throw new DomainError('signed_out')
  const [account] = await ctx.db.select().from(accounts).where(eq(accounts.id, ctx.actor.id))
  if (!account) throw new DomainError('signed_out')
  await confirmationTries.count(account.id)
  if (!(await isPassword(current, account.passwordHash))) throw new DomainError('wrong_password')
  await confirmationTries.forget(account.id)
  await assertFit(next, account)
  const passwordHash = await hashPassword(next)
  await ctx.db.transaction(async (tx) => {
    await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, account.id))
    await revokeSessions(tx, { accountId: account.id, except: sessionId }, 'password_changed', ctx.now())
    await recordEvent(tx, ctx, {
      event: 'account.password_changed',
      subject: { kind: 'account', id: account.id },
      agencyId: account.agencyId,
    })
  })
  return null
}
