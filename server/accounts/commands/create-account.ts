import type { Transaction } from '#db/client.ts'
import { accountRoles, accounts } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { givenNameOf } from '#server/platform/rules/text.ts'
import type { Context } from '../context.ts'
import { mayAdminister } from '../rules/policy.ts'
import type { CreateAccount } from '../rules/schemas.ts'

/** Creates an account without a password: its owner sets one with a one-time link, so no one else ever knows it. */
export async function createAccount(ctx: Context, { roles, ...person }: CreateAccount) {
  if (!mayAdminister(ctx.actor, { agencyId: person.agencyId, roles })) throw new DomainError('forbidden')
  return ctx.db.transaction((tx) => writeAccount(tx, ctx, { roles, ...person }))
}

export async function writeAccount(
  tx: Transaction,
  ctx: Pick<Context, 'actor' | 'now' | 'requestId' | 'ip'>,
  { roles, ...person }: CreateAccount,
): Promise<{ id: string; version: number }> {
  const [account] = await tx
    .insert(accounts)
    .values({ ...person, givenName: givenNameOf(person.name), createdAt: ctx.now() })
    .onConflictDoNothing({ target: accounts.username })
    .returning({ id: accounts.id, version: accounts.version })
  if (!account) throw new DomainError('username_taken', { username: person.username })
  if (roles.length > 0) await tx.insert(accountRoles).values(roles.map((role) => ({ accountId: account.id, ...role })))
  await recordEvent(tx, ctx, {
    event: 'account.created',
    subject: { kind: 'account', id: account.id },
    agencyId: person.agencyId,
    version: account.version,
    details: { username: person.username, name: person.name, roles },
  })
  return account
}
