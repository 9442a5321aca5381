import { eq } from 'drizzle-orm'
import { accountRoles, accounts } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { lockAccount } from '../queries/accounts.ts'
import { mayAdminister, mayGrant, wouldResign } from '../rules/policy.ts'
import type { SetRoles } from '../rules/schemas.ts'
import { keepLastAdmin, takeTurnAsAdmin } from './keep-administrators.ts'
import { revokeSessions } from './keep-sessions.ts'

/** Gives an account exactly these roles. Its sign-ins end, so that nothing continues under the old permissions. */
export async function setRoles(ctx: Context, { accountId, version, roles }: SetRoles) {
  return ctx.db.transaction(async (tx) => {
    const actor = await takeTurnAsAdmin(tx, ctx)
    const account = await lockAccount(tx, actor, accountId)
    if (!mayAdminister(actor, account) || !mayGrant(actor, roles)) throw new DomainError('forbidden')
    if (account.version !== version) throw new DomainError('conflict', { version: account.version })
    if (accountId === actor.id && wouldResign(actor, roles)) throw new DomainError('own_admin_role')
    await tx.delete(accountRoles).where(eq(accountRoles.accountId, accountId))
    if (roles.length > 0) await tx.insert(accountRoles).values(roles.map((role) => ({ accountId, ...role })))
    await keepLastAdmin(tx)
    const next = version + 1
    await tx.update(accounts).set({ version: next }).where(eq(accounts.id, accountId))
    await revokeSessions(tx, { accountId }, 'roles_changed', ctx.now())
    await recordEvent(tx, ctx, {
      event: 'account.roles_changed',
      subject: { kind: 'account', id: accountId },
      agencyId: account.agencyId,
      version: next,
      details: { from: account.roles, to: roles },
    })
    return { id: accountId, version: next }
  })
}
