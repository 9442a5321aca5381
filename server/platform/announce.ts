import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { type Announcement, liveChannel, mostNamed } from './rules/announcement.ts'

/**
 * Notifies every process, at the commit of the caller's transaction, that something changed, but never what. Clients
 * that may see it then fetch it through the ordinary procedures. Reports, incidents and bulletins announce themselves
 * through their events: call this for the other kinds.
 */
export async function announce(tx: Connection, { kind, ids, accountId }: Announcement): Promise<void> {
  const announcement = { kind, ids: ids && ids.length <= mostNamed ? ids : null, accountId }
  await tx.execute(sql`select pg_notify(${liveChannel}, ${JSON.stringify(announcement)})`)
}
