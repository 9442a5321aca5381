import { and, asc, eq, gt, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { accountRoles, accounts, agencies, substitutions } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { mayFind } from '../rules/policy.ts'
import { isInForce, isSubstitutable } from '../rules/substitution.ts'

const holder = alias(accounts, 'holder')
const standIn = alias(accounts, 'stand_in')

/**
 * The current and future substitutions of an account, as holder and as substitute, with the roles it may hand over and
 * to whom. Users may query their own; administrators those of others.
 */
export async function substitutionsOf({ db, actor, now }: Context, accountId: string) {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId))
  if (!account || (accountId !== actor.id && !mayFind(actor, account))) throw new DomainError('not_found')
  const at = now()
  const [current, roles, colleagues] = await Promise.all([
    listSubstitutions({ db, now }, or(eq(substitutions.holderId, accountId), eq(substitutions.standInId, accountId))),
    db
      .select({ role: accountRoles.role, agencyId: accountRoles.agencyId, agencyName: agencies.shortName })
      .from(accountRoles)
      .innerJoin(agencies, eq(agencies.id, accountRoles.agencyId))
      .where(eq(accountRoles.accountId, accountId))
      .orderBy(asc(accountRoles.role), asc(agencies.shortName)),
    db
      .select({ id: accounts.id, name: accounts.name, position: accounts.position })
      .from(accounts)
      .where(and(eq(accounts.agencyId, account.agencyId), eq(accounts.isActive, true), ne(accounts.id, accountId)))
      .orderBy(sql`${accounts.givenName} collate "vi-x-icu"`, sql`${accounts.name} collate "vi-x-icu"`, accounts.id),
  ])
  return {
    given: current.filter(({ holder }) => holder.id === accountId),
    taken: current.filter(({ standIn }) => standIn.id === accountId),
    lendable: roles.filter(({ role }) => isSubstitutable(role)),
    colleagues,
    asOf: at,
  }
}

export type Substitutions = Awaited<ReturnType<typeof substitutionsOf>>
export type SubstitutionRow = Substitutions['given'][number]

async function listSubstitutions({ db, now }: Pick<Context, 'db' | 'now'>, which: SQL | undefined) {
  const at = now()
  const rows = await db
    .select({
      id: substitutions.id,
      holder: { id: holder.id, name: holder.name },
      standIn: { id: standIn.id, name: standIn.name },
      role: substitutions.role,
      agencyName: agencies.shortName,
      startsAt: substitutions.startsAt,
      endsAt: substitutions.endsAt,
      revokedAt: substitutions.revokedAt,
    })
    .from(substitutions)
    .innerJoin(holder, eq(holder.id, substitutions.holderId))
    .innerJoin(standIn, eq(standIn.id, substitutions.standInId))
    .innerJoin(agencies, eq(agencies.id, substitutions.agencyId))
    .where(and(which, isNull(substitutions.revokedAt), gt(substitutions.endsAt, at)))
    .orderBy(asc(substitutions.startsAt), asc(substitutions.id))
  return rows.map(({ revokedAt, ...substitution }) => ({
    ...substitution,
    inForce: isInForce({ ...substitution, revokedAt }, at),
  }))
}
