import { and, eq } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from '../queries/scope.ts'

/** The account that marks the report for itself. Throws `not_found` where it may not see the report. */
export async function markingAccount({ db, actor }: Context, reportId: number): Promise<string> {
  if (actor.id === null) throw new DomainError('forbidden')
  const [report] = await db
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.id, reportId), visibleTo(actor)))
  if (!report) throw new DomainError('not_found')
  return actor.id
}
