import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { type Announcement, liveChannel, mostNamed } from './rules/announcement.ts'

/**
 * Tells every process, with the commit of the caller's transaction, that something changed: never what. Whoever may
 * know then asks for it by the ordinary procedures. Reports, incidents and bulletins announce themselves by their
 * events: call this for the other kinds.
 */
export async function announce(tx: Connection, { kind, ids, accountId }: Announcement): Promise<void> {
  const announcement = { kind, ids: ids && ids.length <= mostNamed ? ids : null, accountId }
  await tx.execute(sql`select pg_notify(${liveChannel}, ${JSON.stringify(announcement)})`)
}
