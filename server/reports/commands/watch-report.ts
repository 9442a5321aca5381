import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { reportWatches } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { watchInput } from '../rules/schemas.ts'
import { markingAccount } from './own-mark.ts'

/** Begins or ends watching a report that the account may see. It concerns no one else, so it is not logged. */
export async function watchReport(ctx: Context, { reportId, isWatched }: z.output<typeof watchInput>): Promise<void> {
  const { db, now } = ctx
  const accountId = await markingAccount(ctx, reportId)
  if (isWatched) {
    await db.insert(reportWatches).values({ accountId, reportId, since: now() }).onConflictDoNothing()
  } else {
    const own = and(eq(reportWatches.accountId, accountId), eq(reportWatches.reportId, reportId))
    await db.delete(reportWatches).where(own)
  }
}
