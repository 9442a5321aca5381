import { eq } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { givenNameOf } from '#server/platform/rules/text.ts'
import type { Context } from '../context.ts'
import { lockAccount } from '../queries/accounts.ts'
import { mayAdminister } from '../rules/policy.ts'
import type { ChangeAccount } from '../rules/schemas.ts'

/** Changes name, position, address and agency of the person. Permissions are changed by `setRoles`. */
export async function changeAccount(ctx: Context, { accountId, version, ...person }: ChangeAccount) {
  return ctx.db.transaction(async (tx) => {
    const account = await lockAccount(tx, ctx.actor, accountId)
    const moved = { agencyId: person.agencyId, roles: account.roles }
    if (!mayAdminister(ctx.actor, account) || !mayAdminister(ctx.actor, moved)) throw new DomainError('forbidden')
    if (account.version !== version) throw new DomainError('conflict', { version: account.version })
    const fields = ['name', 'position', 'email', 'agencyId'] as const
    const changes = Object.fromEntries(
      fields
        .filter((field) => account[field] !== person[field])
        .map((field) => [field, { from: account[field], to: person[field] }]),
    )
    const next = version + 1
    await tx
      .update(accounts)
      .set({ ...person, givenName: givenNameOf(person.name), version: next })
      .where(eq(accounts.id, accountId))
    await recordEvent(tx, ctx, {
      event: 'account.changed',
      subject: { kind: 'account', id: accountId },
      agencyId: person.agencyId,
      version: next,
      details: { changes },
    })
    return { id: accountId, version: next }
  })
}
