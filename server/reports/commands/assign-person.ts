import { and, eq, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { accountRoles, accounts } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { colleagueRoles } from '../rules/only-assignee.ts'
import type { assignPersonInput } from '../rules/schemas.ts'
import { type Desk, type Moved, moveReport, type Outcome } from './move-report.ts'

/** Gives the report to a colleague of the agency that holds it, or to no one. */
export async function assignPerson(ctx: Context, input: z.output<typeof assignPersonInput>): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    if (input.accountId !== null) await assertColleague(desk, input.accountId)
    return {
      set: { assigneeId: input.accountId },
      details: { assigneeId: [desk.report.assigneeId, input.accountId] },
    }
  }
  return moveReport(ctx, 'assign_person', input, work, { field: 'assignee' })
}

async function assertColleague({ tx, report }: Desk, accountId: string): Promise<void> {
  const [colleague] = await tx
    .select({ id: accounts.id })
    .from(accounts)
    .innerJoin(accountRoles, eq(accountRoles.accountId, accounts.id))
    .where(
      and(
        eq(accounts.id, accountId),
        eq(accounts.isActive, true),
        inArray(accountRoles.role, colleagueRoles),
        eq(accountRoles.agencyId, report.agencyId ?? ''),
      ),
    )
    .limit(1)
  if (!colleague) throw new DomainError('not_a_colleague')
}
