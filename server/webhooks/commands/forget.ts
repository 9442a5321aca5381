import { inArray, lt, sql } from 'drizzle-orm'
import { webhookDeliveries } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { keptDays } from '#server/platform/rules/limits.ts'

/** Rows deleted in one statement. */
const atOnce = 5000

/** Deletes old deliveries with their attempts in every state; no delivery waits that long. */
export async function forgetDeliveries({ db, now }: Context): Promise<number> {
  const before = new Date(now().getTime() - keptDays.webhookDeliveries * 86_400_000)
  let gone = 0
  for (;;) {
    const old = db
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(lt(webhookDeliveries.createdAt, before))
      .limit(atOnce)
    const rows = await db.delete(webhookDeliveries).where(inArray(webhookDeliveries.id, old)).returning({ id: sql`1` })
    gone += rows.length
    if (rows.length < atOnce) return gone
  }
}
