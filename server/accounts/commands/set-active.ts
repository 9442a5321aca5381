import { eq } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { lockAccount } from '../queries/accounts.ts'
import { mayAdminister } from '../rules/policy.ts'
import type { SetActive } from '../rules/schemas.ts'
import { keepLastAdmin, takeTurnAsAdmin } from './keep-administrators.ts'
import { revokeSessions } from './keep-sessions.ts'

/** Deactivates or reactivates an account. Accounts are never deleted: the event log names them permanently. */
export async function setActive(ctx: Context, { accountId, version, isActive }: SetActive) {
  return ctx.db.transaction(async (tx) => {
    const actor = await takeTurnAsAdmin(tx, ctx)
    const account = await lockAccount(tx, actor, accountId)
    if (!mayAdminister(actor, account)) throw new DomainError('forbidden')
    if (account.version !== version) throw new DomainError('conflict', { version: account.version })
    if (accountId === actor.id && !isActive) throw new DomainError('own_deactivation')
    const next = version + 1
    await tx.update(accounts).set({ isActive, version: next }).where(eq(accounts.id, accountId))
    await keepLastAdmin(tx)
    if (!isActive) await revokeSessions(tx, { accountId }, 'deactivated', ctx.now())
    await recordEvent(tx, ctx, {
      event: isActive ? 'account.activated' : 'account.deactivated',
      subject: { kind: 'account', id: accountId },
      agencyId: account.agencyId,
      version: next,
    })
    return { id: accountId, version: next }
  })
}
