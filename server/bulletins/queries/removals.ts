import { and, desc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletinRemovals, bulletins } from '#db/schema/index.ts'
import type { RevisionRow } from './lock.ts'

/** Whether a bulletin was cleaned of personal data at any time. */
export const isCleaned = (bulletinId: SQL | typeof bulletins.id | typeof bulletins.supersededById): SQL<boolean> =>
  sql<boolean>`exists (select from bulletin_removals cleaned where cleaned.bulletin_id = ${bulletinId})`

/** A CAP message that was taken down for personal data: one of an older text than the cleaned one. */
export const isAlertTakenDown: SQL<boolean> = sql<boolean>`exists (
  select from bulletin_removals cleaned join bulletin_revisions said on said.id = bulletin_alerts.revision_id
  where cleaned.bulletin_id = bulletin_alerts.bulletin_id and said.number < cleaned.revision_number)`

/** The number of the cleaned text: all before it is taken down. Zero where there is none. */
export async function cleanedSince(db: Connection, bulletinId: string): Promise<number> {
  const [row] = await db
    .select({ number: bulletinRemovals.revisionNumber })
    .from(bulletinRemovals)
    .where(eq(bulletinRemovals.bulletinId, bulletinId))
    .orderBy(desc(bulletinRemovals.revisionNumber))
    .limit(1)
  return row?.number ?? 0
}

export async function isTextTakenDown(
  db: Connection,
  { bulletinId, number }: Pick<RevisionRow, 'bulletinId' | 'number'>,
): Promise<boolean> {
  return number < (await cleanedSince(db, bulletinId))
}

/** The bulletin that once had an address which it gave up because of personal data. */
export async function movedFrom(
  db: Connection,
  slug: string,
): Promise<{ id: string; slug: string | null; isGone: boolean; movedAt: Date } | null> {
  const [row] = await db
    .select({
      id: bulletins.id,
      slug: bulletins.slug,
      isGone: sql<boolean>`${bulletins.state} = 'unpublished'`,
      movedAt: bulletinRemovals.removedAt,
    })
    .from(bulletinRemovals)
    .innerJoin(bulletins, eq(bulletins.id, bulletinRemovals.bulletinId))
    .where(eq(bulletinRemovals.formerSlug, slug))
    .orderBy(desc(bulletinRemovals.removedAt))
    .limit(1)
  return row ?? null
}

/** Whether a text from before this moment was taken down: with its bulletin, or for personal data. */
export async function wasTakenDownSince(db: Connection, bulletinId: string, at: Date): Promise<boolean> {
  const [row] = await db
    .select({ id: bulletins.id })
    .from(bulletins)
    .leftJoin(bulletinRemovals, and(eq(bulletinRemovals.bulletinId, bulletins.id), gt(bulletinRemovals.removedAt, at)))
    .where(
      and(
        eq(bulletins.id, bulletinId),
        sql`(${bulletins.state} = 'unpublished' or ${bulletinRemovals.revisionId} is not null)`,
      ),
    )
    .limit(1)
  return row !== undefined
}
