import { and, inArray, lt, notInArray } from 'drizzle-orm'
import { bulkRows, bulkRuns } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { keptDays } from '#server/platform/rules/limits.ts'

/** Deleted in one transaction: each run has up to five thousand rows. */
const runsAtOnce = 10

/**
 * Deletes runs that ended long ago, with the outcome of each report. The event log still has them. Returns how many
 * runs it deleted.
 */
export async function forgetRuns({ db, now }: Context): Promise<number> {
  const before = new Date(now().getTime() - keptDays.bulkRuns * 86_400_000)
  let gone = 0
  for (;;) {
    const taken = await db.transaction(async (tx) => {
      const old = await tx
        .select({ id: bulkRuns.id })
        .from(bulkRuns)
        .where(and(lt(bulkRuns.finishedAt, before), notInArray(bulkRuns.state, ['running', 'undoing'])))
        .limit(runsAtOnce)
        .for('update', { skipLocked: true })
      const ids = old.map(({ id }) => id)
      if (ids.length > 0) {
        await tx.delete(bulkRows).where(inArray(bulkRows.runId, ids))
        await tx.delete(bulkRuns).where(inArray(bulkRuns.id, ids))
      }
      return ids.length
    })
    gone += taken
    if (taken < runsAtOnce) return gone
  }
}
