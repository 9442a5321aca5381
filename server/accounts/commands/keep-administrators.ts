import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accountRoles, accounts, agencies } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { actorOf } from '../queries/actors.ts'
import type { Actor } from '../rules/actor.ts'
import { mayUse } from '../rules/permissions.ts'

/**
 * Serialises changes of administrators. The actor's roles are read again after the wait: of two admins who remove the
 * role from each other, the second no longer has it.
 */
export async function takeTurnAsAdmin(tx: Transaction, { actor, now }: Context): Promise<Actor> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('administrators'))`)
  const fresh = actor.id ? await actorOf(tx, actor.id, now()) : null
  if (!fresh || !mayUse(fresh, 'accounts.edit')) throw new DomainError('forbidden')
  return fresh
}

/** The city must keep at least one active account that can administer everything. */
export async function keepLastAdmin(tx: Transaction): Promise<void> {
  const [left] = await tx
    .select({ id: accounts.id })
    .from(accountRoles)
    .innerJoin(accounts, eq(accounts.id, accountRoles.accountId))
    .innerJoin(agencies, eq(agencies.id, accountRoles.agencyId))
    .where(and(eq(accountRoles.role, 'admin'), eq(accounts.isActive, true), isNull(agencies.parentId)))
    .limit(1)
  if (!left) throw new DomainError('last_admin')
}
