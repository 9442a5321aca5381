import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'

/** Rows changed in one statement. */
const atOnce = 1000

/**
 * What still waits for webhooks that are ended is never sent: it ends in batches, in transactions of their own, so that
 * ending a webhook is quick however much waits for it. Returns how many it ended.
 */
export async function endBacklog({ db }: Context): Promise<number> {
  let ended = 0
  for (;;) {
    const rows = await db.execute(sql`
      update webhook_deliveries set state = 'dead', next_try_at = null where id in (
        select d.id from webhooks w join webhook_deliveries d on d.webhook_id = w.id and d.state = 'waiting'
        where w.state = 'ended' order by d.id limit ${atOnce} for no key update of d)
      returning 1`)
    ended += rows.length
    if (rows.length < atOnce) return ended
  }
}
