import { eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accountRoles, accounts, agencies } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import type { CreateAccount } from '../rules/schemas.ts'
import { writeAccount } from './create-account.ts'
import { type PasswordLink, writePasswordLink } from './make-password-link.ts'

export type FirstAdministrator = Pick<CreateAccount, 'username' | 'name' | 'position' | 'email'>

/**
 * The account that creates all others. Made from the console of the server and never over the network; refused if
 * there is an administrator already, or was one who is now deactivated: then an administrator must help.
 */
export async function createFirstAdministrator(
  tx: Transaction,
  ctx: Pick<Context, 'actor' | 'now'>,
  person: FirstAdministrator,
): Promise<PasswordLink> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('administrators'))`)
  const known = await tx
    .select({
      id: accounts.id,
      agencyId: accounts.agencyId,
      username: accounts.username,
      mayEnter: sql<boolean>`${accounts.passwordHash} is not null or ${accounts.oidcSubject} is not null`,
    })
    .from(accountRoles)
    .innerJoin(accounts, eq(accounts.id, accountRoles.accountId))
    .where(eq(accountRoles.role, 'admin'))
  const [only] = known
  // The first link was lost before it was used: the same person gets a new one.
  if (only && known.length === 1 && !only.mayEnter && only.username === person.username) {
    return writePasswordLink(tx, ctx, only)
  }
  if (only) throw new DomainError('administrator_exists')
  const [city] = await tx.select({ id: agencies.id }).from(agencies).where(isNull(agencies.parentId)).limit(1)
  if (!city) throw new DomainError('not_found', { subject: 'agency' })
  const roles = [{ role: 'admin' as const, agencyId: city.id }]
  const { id } = await writeAccount(tx, ctx, { ...person, agencyId: city.id, roles })
  return writePasswordLink(tx, ctx, { id, agencyId: city.id })
}
