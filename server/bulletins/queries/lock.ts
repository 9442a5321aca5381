import { and, desc, eq, gt, inArray } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { accounts, bulletinRevisions, bulletins, events } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'

export type BulletinRow = typeof bulletins.$inferSelect
export type RevisionRow = typeof bulletinRevisions.$inferSelect

export async function lockBulletin(tx: Transaction, id: string): Promise<BulletinRow> {
  const [row] = await tx.select().from(bulletins).where(eq(bulletins.id, id)).for('no key update')
  if (!row) throw new DomainError('not_found', { subject: 'bulletin', id })
  return row
}

/**
 * Of two bulletins of which one replaces the other, both: in the order of their ids, so that two publications cannot
 * deadlock.
 */
export async function lockWithReplaced(tx: Transaction, id: string): Promise<void> {
  const [row] = await tx.select({ supersedesId: bulletins.supersedesId }).from(bulletins).where(eq(bulletins.id, id))
  if (!row?.supersedesId) return
  await tx
    .select({ id: bulletins.id })
    .from(bulletins)
    .where(inArray(bulletins.id, [id, row.supersedesId]))
    .orderBy(bulletins.id)
    .for('no key update')
}

export async function revisionById(db: Connection, id: string | null): Promise<RevisionRow> {
  const [row] = id ? await db.select().from(bulletinRevisions).where(eq(bulletinRevisions.id, id)) : []
  if (!row) throw new DomainError('not_found', { subject: 'revision', id })
  return row
}

export type BulletinChangeSince = { at: Date; event: string; version: number | null; by: string | null }

/** What happened since the caller's version, newest first: for the message of a conflict. */
export async function bulletinChangesSince(
  db: Connection,
  id: string,
  version: number,
): Promise<BulletinChangeSince[]> {
  return db
    .select({ at: events.at, event: events.event, version: events.version, by: accounts.name })
    .from(events)
    .leftJoin(accounts, eq(accounts.id, events.actorId))
    .where(and(eq(events.subjectKind, 'bulletin'), eq(events.subjectId, id), gt(events.version, version)))
    .orderBy(desc(events.id))
    .limit(20)
}

export async function nameOf(db: Connection, accountId: string): Promise<string | null> {
  const [row] = await db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, accountId))
  return row?.name ?? null
}
