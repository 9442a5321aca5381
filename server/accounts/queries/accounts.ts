import { and, asc, count, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { accountRoles, accounts, agencies, sessions } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { containing, type FilterSql, filterConditions } from '#server/platform/filter-sql.ts'
import { sessionLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../rules/actor.ts'
import { accountFilters } from '../rules/filters.ts'
import { mayAdminister, mayFind, type RoleAt } from '../rules/policy.ts'
import type { AccountList } from '../rules/schemas.ts'
import { hasSecondFactor } from './actors.ts'

const page = 50

/** Vietnamese order regardless of the database's collation: a ă â, d đ; people by their given name, the last word. */
const givenName = sql<string>`regexp_replace(${accounts.name}, '^.*\\s', '')`
const vietnamese = (value: SQL | typeof accounts.name) => sql`${value} collate "vi-x-icu"`

/** The accounts of the agencies that the actor administers. */
export async function accountList({ db, actor, now }: Context, input: AccountList) {
  const chosen = and(withinReach(actor), ...filterConditions(accountFilters, filterSql, input, null))
  const after = input.cursor
    ? sql`(${vietnamese(givenName)}, ${vietnamese(accounts.name)}, ${accounts.id})
        > (${input.cursor.word}, ${input.cursor.name}, ${input.cursor.id}::uuid)`
    : undefined
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: accounts.id,
        username: accounts.username,
        name: accounts.name,
        word: givenName,
        position: accounts.position,
        email: accounts.email,
        isActive: accounts.isActive,
        hasPassword: sql<boolean>`${accounts.passwordHash} is not null`,
        hasSecondFactor: hasSecondFactor(accounts.id),
        version: accounts.version,
        agency: { id: agencies.id, name: agencies.name, shortName: agencies.shortName },
        lastSeenAt: sql<Date | null>`(select max(s.last_seen_at) from sessions s where s.account_id = ${accounts.id})`,
        openSessions: openSessions(now()),
      })
      .from(accounts)
      .innerJoin(agencies, eq(agencies.id, accounts.agencyId))
      .where(and(chosen, after))
      .orderBy(vietnamese(givenName), vietnamese(accounts.name), asc(accounts.id))
      .limit(page + 1),
    db.select({ count: count() }).from(accounts).where(chosen),
  ])
  const shown = rows.slice(0, page)
  const held = await rolesOf(
    db,
    shown.map(({ id }) => id),
  )
  const last = rows.length > page ? shown.at(-1) : undefined
  return {
    total: total?.count ?? 0,
    nextCursor: last ? { word: last.word, name: last.name, id: last.id } : null,
    accounts: shown.map(({ word: _, ...account }) => {
      const roles = held.get(account.id) ?? []
      const mayEdit = mayAdminister(actor, { agencyId: account.agency.id, roles })
      return { ...account, roles, mayEdit, isOwn: account.id === actor.id }
    }),
  }
}

export type AccountRow = Awaited<ReturnType<typeof accountList>>['accounts'][number]

/** The agencies over which the actor may grant roles, in Vietnamese order. */
export async function grantableAgencies({ db, actor }: Context) {
  return db
    .select({ id: agencies.id, name: agencies.name, shortName: agencies.shortName, validTo: agencies.validTo })
    .from(agencies)
    .where(reachOf(actor, sql`${agencies.id}`))
    .orderBy(sql`${agencies.parentId} is not null`, sql`${agencies.name} collate "vi-x-icu"`)
}

export type LockedAccount = typeof accounts.$inferSelect & { roles: RoleAt[] }

/** The account, locked until the transaction ends; outside the actor's reach it does not exist. */
export async function lockAccount(tx: Transaction, actor: Actor, id: string): Promise<LockedAccount> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, id)).for('no key update')
  if (!account || !mayFind(actor, account)) throw new DomainError('not_found')
  const roles = await tx
    .select({ role: accountRoles.role, agencyId: accountRoles.agencyId })
    .from(accountRoles)
    .where(eq(accountRoles.accountId, id))
  return { ...account, roles }
}

async function rolesOf(db: Connection, accountIds: string[]) {
  const held = new Map<string, { role: RoleAt['role']; agencyId: string; agencyName: string }[]>()
  if (accountIds.length === 0) return held
  const rows = await db
    .select({
      accountId: accountRoles.accountId,
      role: accountRoles.role,
      agencyId: accountRoles.agencyId,
      agencyName: agencies.shortName,
    })
    .from(accountRoles)
    .innerJoin(agencies, eq(agencies.id, accountRoles.agencyId))
    .where(inArray(accountRoles.accountId, accountIds))
    .orderBy(asc(accountRoles.role), asc(agencies.shortName))
  for (const { accountId, ...role } of rows) held.set(accountId, [...(held.get(accountId) ?? []), role])
  return held
}

const filterSql = {
  search: (words) =>
    containing(sql`${accounts.name} || ' ' || ${accounts.username} || ' ' || ${accounts.position}`, words),
  agencyId: (id) => eq(accounts.agencyId, id),
  role: (role) =>
    sql`exists (select from account_roles held where held.account_id = ${accounts.id} and held.role = ${role})`,
  state: (state) => (state === 'all' ? undefined : eq(accounts.isActive, state === 'active')),
} satisfies FilterSql<typeof accountFilters, null>

function withinReach(actor: Actor): SQL | undefined {
  return reachOf(actor, sql`${accounts.agencyId}`)
}

function reachOf(actor: Actor, agencyId: SQL): SQL | undefined {
  const grants = actor.grants.filter(({ role }) => role === 'admin')
  if (grants.some(({ cityWide }) => cityWide)) return undefined
  const ids = [...new Set(grants.flatMap(({ agencyIds }) => agencyIds))]
  return ids.length > 0 ? inArray(agencyId, ids) : sql`false`
}

function openSessions(at: Date) {
  const idleSince = new Date(at.getTime() - sessionLimits.idleSeconds * 1000)
  return sql<number>`(
    select count(*)::int from ${sessions} s where s.account_id = ${accounts.id}
      and s.revoked_at is null and s.expires_at > ${at} and s.last_seen_at > ${idleSince})`
}
