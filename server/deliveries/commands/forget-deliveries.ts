import { and, inArray, lt, notInArray, sql } from 'drizzle-orm'
import { deliveries } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { keptDays } from '#server/platform/rules/limits.ts'
import { openStates } from '../rules/delivery.ts'

/** Rows deleted in one statement. */
const atOnce = 5000

/**
 * Deletes old deliveries with their attempts, except those that are still to be sent or handled by intake. The timeline
 * of the report keeps the proof of sent messages. Returns the number of deleted deliveries.
 */
export async function forgetDeliveries({ db, now }: Pick<Context, 'db' | 'now'>): Promise<number> {
  const before = new Date(now().getTime() - keptDays.deliveries * 86_400_000)
  let gone = 0
  for (;;) {
    const old = db
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(and(lt(deliveries.createdAt, before), notInArray(deliveries.state, [...openStates])))
      .limit(atOnce)
    const rows = await db.delete(deliveries).where(inArray(deliveries.id, old)).returning({ id: sql`1` })
    gone += rows.length
    if (rows.length < atOnce) return gone
  }
}
