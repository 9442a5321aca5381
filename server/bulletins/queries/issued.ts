import { and, asc, eq, gte, lt, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletinPublications, bulletinRevisions, bulletins } from '#db/schema/index.ts'
import type { BulletinKind } from '../rules/bulletin.ts'
import { isCleaned } from './removals.ts'

/** First publications: corrections of a bulletin do not make it two, and exercises make none. */
const isIssued = sql`${bulletinPublications.kind} = 'first' and not ${bulletinPublications.isExercise}`

/** How many bulletins were issued in an incident. */
export async function bulletinsIssued(db: Connection, incidentId: string): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(bulletinPublications)
    .where(and(isIssued, eq(bulletinPublications.incidentId, incidentId)))
  return row?.count ?? 0
}

export type BulletinMark = {
  bulletinId: string
  at: Date
  title: string
  kind: BulletinKind
  number: number | null
  slug: string | null
  incidentId: string | null
}

/** The bulletins issued in a period, the end excluded, as marks on its charts and lines of an after-action page. */
export async function bulletinMarks(
  db: Connection,
  { from, to, incidentId }: { from: Date; to: Date; incidentId?: string | null },
): Promise<BulletinMark[]> {
  return db
    .select({
      bulletinId: bulletins.id,
      at: bulletinPublications.publishedAt,
      // The title at that time, unless it was taken down for personal data.
      title: sql<string>`case when ${isCleaned(bulletins.id)} then ${bulletins.title}
        else ${bulletinRevisions.content} -> 'vi' ->> 'title' end`,
      kind: sql<BulletinKind>`${bulletinRevisions.content} ->> 'kind'`,
      number: bulletins.number,
      slug: bulletins.slug,
      incidentId: bulletinPublications.incidentId,
    })
    .from(bulletinPublications)
    .innerJoin(bulletins, eq(bulletins.id, bulletinPublications.bulletinId))
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletinPublications.revisionId))
    .where(
      and(
        isIssued,
        gte(bulletinPublications.publishedAt, from),
        lt(bulletinPublications.publishedAt, to),
        incidentId ? eq(bulletinPublications.incidentId, incidentId) : undefined,
      ),
    )
    .orderBy(asc(bulletinPublications.publishedAt), asc(bulletins.id))
}
