import { and, eq, inArray, sql } from 'drizzle-orm'
import { accountRoles, accounts } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { validAgencies } from '#server/agencies/queries.ts'
import { validAreas } from '#server/areas/queries.ts'
import { activeCategories } from '#server/categories/queries.ts'
import { listIncidents } from '#server/incidents/queries.ts'
import { scopeOf } from '../rules/scope.ts'

export type Choices = Awaited<ReturnType<typeof queueChoices>>

/** The choices for the filters of the queue for this account; the screen loads them once and keeps them. */
export async function queueChoices(ctx: Context) {
  const { db, actor } = ctx
  const scope = scopeOf(actor)
  const now = ctx.now()
  const [agencies, areas, categories, incidents, colleagues] = await Promise.all([
    validAgencies(db, now),
    validAreas(db, now),
    activeCategories(db),
    listIncidents(db, now),
    colleaguesOf(ctx),
  ])
  return {
    agencies: agencies
      .filter(({ id }) => scope.all || scope.agencyIds.includes(id))
      .map(({ id, name, shortName }) => ({ id, name, shortName })),
    areas: areas.map(({ id, name, shortName }) => ({ id, name, shortName })),
    categories: categories.map(({ code, name, nameEn, groupCode, groupName, groupNameEn }) => ({
      code,
      name,
      nameEn,
      groupCode,
      groupName,
      groupNameEn,
    })),
    incidents: incidents.map(({ id, name, nameEn, underWay }) => ({ id, name, nameEn, underWay })),
    colleagues,
  }
}

/**
 * The accounts that handle reports in the agencies of the account, by given name. For the whole city there would be
 * thousands.
 */
async function colleaguesOf({ db, actor }: Context): Promise<{ id: string; name: string }[]> {
  const scope = scopeOf(actor)
  if (scope.all || scope.agencyIds.length === 0) return []
  const handlers = db
    .select({ id: accountRoles.accountId })
    .from(accountRoles)
    .where(
      and(inArray(accountRoles.agencyId, [...scope.agencyIds]), inArray(accountRoles.role, ['officer', 'approver'])),
    )
  return db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(and(eq(accounts.isActive, true), inArray(accounts.id, handlers)))
    .orderBy(sql`${accounts.givenName} collate "vi-x-icu"`, sql`${accounts.name} collate "vi-x-icu"`, accounts.id)
    .limit(300)
}
