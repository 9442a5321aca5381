import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { reports, reportWatches } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from '../queries/scope.ts'
import type { watchInput } from '../rules/schemas.ts'

/** Begins or ends watching a report that the account may see. It concerns no one else, so it is not logged. */
export async function watchReport(
  { db, actor, now }: Context,
  { reportId, isWatched }: z.output<typeof watchInput>,
): Promise<void> {
  if (actor.id === null) throw new DomainError('forbidden')
  const [report] = await db
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.id, reportId), visibleTo(actor)))
  if (!report) throw new DomainError('not_found')
  if (isWatched) {
    await db.insert(reportWatches).values({ accountId: actor.id, reportId, since: now() }).onConflictDoNothing()
  } else {
    const own = and(eq(reportWatches.accountId, actor.id), eq(reportWatches.reportId, reportId))
    await db.delete(reportWatches).where(own)
  }
}
