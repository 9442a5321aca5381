import { and, asc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { accountRoles, accounts, agencies } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { mayUse, type Permission, permissionNames } from '../rules/permissions.ts'
import { defaultPreferences, type Preferences } from '../rules/preferences.ts'
import { hasSecondFactor } from './actors.ts'

const superiors = alias(agencies, 'superior')
/** People's Committees issue documents without a superior in the head. */
const committees: readonly string[] = ['ubnd_tp', 'ubnd_huyen', 'ubnd_xa']

/** The signed-in account as the shell shows it, with its permissions. */
export async function myself({ db, actor }: Context) {
  if (!actor.id) throw new DomainError('signed_out')
  const [account] = await db
    .select({
      id: accounts.id,
      name: accounts.name,
      username: accounts.username,
      position: accounts.position,
      agency: { id: agencies.id, name: agencies.name, shortName: agencies.shortName },
      kind: agencies.kind,
      superiorName: superiors.name,
      preferences: accounts.preferences,
      /** Without one the user signs in only through the city. */
      hasPassword: sql<boolean>`${accounts.passwordHash} is not null`,
      /** With one the password alone no longer confirms the identity. */
      hasSecondFactor: hasSecondFactor(accounts.id),
      version: accounts.version,
    })
    .from(accounts)
    .innerJoin(agencies, eq(agencies.id, accounts.agencyId))
    .leftJoin(superiors, eq(superiors.id, agencies.parentId))
    .where(and(eq(accounts.id, actor.id), eq(accounts.isActive, true)))
  if (!account) throw new DomainError('signed_out')
  const roles = await db
    .select({
      role: accountRoles.role,
      agency: { id: agencies.id, name: agencies.name, shortName: agencies.shortName },
    })
    .from(accountRoles)
    .innerJoin(agencies, eq(agencies.id, accountRoles.agencyId))
    .where(eq(accountRoles.accountId, account.id))
    .orderBy(asc(accountRoles.role), asc(agencies.name))
  const preferences: Preferences = { ...defaultPreferences, ...account.preferences }
  const permissions: Permission[] = permissionNames.filter((name) => mayUse(actor, name))
  /** The colleagues for whom the account acts at this moment, as their substitute. */
  const standsInFor = actor.grants.flatMap(({ role, substituteFor }) =>
    substituteFor ? [{ ...substituteFor, role }] : [],
  )
  const { kind, superiorName, ...own } = account
  return {
    ...own,
    /** The agency above their own, as the head of a document names it. */
    superior: committees.includes(kind) ? null : superiorName,
    standsInFor,
    preferences,
    roles,
    permissions,
    cityWide: actor.grants.some((grant) => grant.cityWide),
  }
}

export type Myself = Awaited<ReturnType<typeof myself>>
