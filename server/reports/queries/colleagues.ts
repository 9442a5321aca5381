import { and, eq, inArray, sql } from 'drizzle-orm'
import { accountRoles, accounts, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { heldStates } from '../rules/lifecycle.ts'
import { colleagueRoles } from '../rules/only-assignee.ts'
import { stateIs } from '../states.ts'
import { visibleTo } from './scope.ts'

export type Colleague = { id: string; name: string; position: string; openReports: number }

/**
 * The accounts that may be given a report: officers and approvers of the agency that holds it, by given name, each with
 * their open workload.
 */
export async function colleaguesFor({ db, actor }: Context, reportId: number): Promise<Colleague[]> {
  return db
    .select({
      id: accounts.id,
      name: accounts.name,
      position: accounts.position,
      openReports: sql<number>`(
        select count(*)::int from reports held where held.assignee_id = accounts.id
          and ${stateIs(heldStates, sql`held.state`)})`,
    })
    .from(accounts)
    .where(
      and(
        eq(accounts.isActive, true),
        inArray(
          accounts.id,
          db
            .select({ id: accountRoles.accountId })
            .from(accountRoles)
            .innerJoin(reports, eq(reports.agencyId, accountRoles.agencyId))
            .where(and(eq(reports.id, reportId), visibleTo(actor), inArray(accountRoles.role, colleagueRoles))),
        ),
      ),
    )
    .orderBy(sql`${accounts.givenName} collate "vi-x-icu"`, sql`${accounts.name} collate "vi-x-icu"`, accounts.id)
}
