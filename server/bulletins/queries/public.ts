import { and, asc, desc, eq, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Connection } from '#db/client.ts'
import {
  areas,
  bulletinAlerts,
  bulletinPublications,
  bulletinRevisions,
  bulletins,
  files,
  incidents,
} from '#db/schema/index.ts'
import type { BulletinKind } from '../rules/bulletin.ts'
import { imagesOf } from '../rules/document-text.ts'
import { type Standing, standingOf } from '../rules/lifecycle.ts'
import type { BulletinContent } from '../rules/schemas.ts'

/** A bulletin as the public lists it: what its published revision says, whatever is being written meanwhile. */
export type PublicBulletin = {
  id: string
  slug: string
  number: number | null
  incident: { id: string; name: string } | null
  standing: Standing
  content: BulletinContent
  firstPublishedAt: Date
  publishedAt: Date
  /** The last change that a reader should learn of. */
  changedAt: Date
  notice: string
  noticeEn: string
}

export type PublicFilter = {
  areaId?: number | null
  incidentId?: string | null
  kind?: BulletinKind | null
  /** Only what is there in English. */
  english?: boolean
  before?: { at: Date; id: string } | null
  limit?: number
}

/** What the public may know of at all. */
const isPublic = and(
  isNotNull(bulletins.publishedRevisionId),
  eq(bulletins.isExercise, false),
  ne(bulletins.state, 'unpublished'),
)

const columns = { bulletin: bulletins, content: bulletinRevisions.content, incidentName: incidents.name }

function selectPublic(db: Connection) {
  return db
    .select(columns)
    .from(bulletins)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.publishedRevisionId))
    .leftJoin(incidents, eq(incidents.id, bulletins.incidentId))
}
type Row = Awaited<ReturnType<typeof selectPublic>>[number]

/** The newest first. Those of an area are joined by those for the whole city. */
export async function publicBulletins(db: Connection, filter: PublicFilter): Promise<PublicBulletin[]> {
  const { before, limit = 50 } = filter
  const rows = await selectPublic(db)
    .where(
      and(
        isPublic,
        ...conditionsOf(filter),
        before
          ? sql`(${bulletins.firstPublishedAt}, ${bulletins.id}) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(bulletins.firstPublishedAt), desc(bulletins.id))
    .limit(limit)
  return rows.map(publicOf)
}

function conditionsOf({ areaId, incidentId, kind, english }: PublicFilter): (SQL | undefined)[] {
  return [
    areaId
      ? or(sql`${bulletins.publicAreaIds} @> array[${areaId}]::int[]`, sql`cardinality(${bulletins.publicAreaIds}) = 0`)
      : undefined,
    incidentId ? eq(bulletins.incidentId, incidentId) : undefined,
    kind ? eq(bulletins.publicKind, kind) : undefined,
    english ? sql`${bulletinRevisions.content} -> 'en' <> 'null'::jsonb` : undefined,
  ]
}

/** When anything that the public sees changed last, and how much there is: what a cached page or feed is measured by. */
export async function publicMark(db: Connection): Promise<{ key: string; changedAt: Date }> {
  const [row] = await db
    .select({
      count: sql<number>`(count(*) filter (where ${bulletins.state} <> 'unpublished'))::int`,
      // Of two changes the later may be the earlier's by the clock of another process: every one of them counts.
      sum: sql<
        string | null
      >`sum(extract(epoch from greatest(${bulletins.publishedAt}, ${bulletins.changedAt})))::text`,
      changedAt: sql<string | null>`max(greatest(${bulletins.publishedAt}, ${bulletins.changedAt}))`,
    })
    .from(bulletins)
    .where(and(isNotNull(bulletins.publishedRevisionId), eq(bulletins.isExercise, false)))
  return { key: `${row?.count} ${row?.sum}`, changedAt: row?.changedAt ? new Date(row.changedAt) : new Date(0) }
}

export type PublicCorrection = { at: Date; note: string; noteEn: string }
export type PublicLink = { slug: string; title: string; titleEn: string | null }
export type PublicPage = PublicBulletin & {
  areas: string[]
  corrections: PublicCorrection[]
  supersededBy: PublicLink | null
  images: ReadonlyMap<string, { width: number; height: number }>
  /** The CAP message in force. */
  alertId: string | null
}

const target = alias(bulletins, 'target')

/** Where an address stands, in one small query: for caches and for addresses that lead nowhere any more. */
export async function publicStanding(
  db: Connection,
  slug: string,
): Promise<{ id: string; standing: Standing; revisionId: string; changedAt: Date; redirectTo: string | null } | null> {
  const [row] = await db
    .select({ bulletin: bulletins, redirectTo: target.slug })
    .from(bulletins)
    .leftJoin(target, and(eq(target.id, bulletins.redirectToId), ne(target.state, 'unpublished')))
    .where(eq(bulletins.slug, slug))
  if (!row?.bulletin.publishedRevisionId) return null
  const { bulletin, redirectTo } = row
  return {
    id: bulletin.id,
    standing: standingOf(bulletin),
    revisionId: row.bulletin.publishedRevisionId,
    changedAt: newer(bulletin.publishedAt, bulletin.changedAt),
    redirectTo,
  }
}

export async function publicPage(db: Connection, slug: string): Promise<PublicPage | null> {
  const [row] = await selectPublic(db).where(and(isPublic, eq(bulletins.slug, slug)))
  return row ? withDetails(db, row) : null
}

/** A text that is not out yet, dressed as it will be: for the secret address of a preview. */
export async function previewPage(db: Connection, bulletinId: string): Promise<PublicPage | null> {
  const [row] = await db
    .select(columns)
    .from(bulletins)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.currentRevisionId))
    .leftJoin(incidents, eq(incidents.id, bulletins.incidentId))
    .where(eq(bulletins.id, bulletinId))
  return row ? withDetails(db, row) : null
}

async function withDetails(db: Connection, row: Row): Promise<PublicPage> {
  const { bulletin, content } = row
  const [areaRows, corrections, [newerOne], imageRows, alerts] = await Promise.all([
    content.areaIds.length > 0
      ? db
          .select({ name: areas.name })
          .from(areas)
          .where(inArray(areas.id, content.areaIds))
          .orderBy(sql`${areas.shortName} collate "vi-x-icu"`)
      : [],
    db
      .select({
        at: bulletinPublications.publishedAt,
        note: bulletinPublications.note,
        noteEn: bulletinPublications.noteEn,
      })
      .from(bulletinPublications)
      .where(and(eq(bulletinPublications.bulletinId, bulletin.id), eq(bulletinPublications.kind, 'substantive')))
      .orderBy(asc(bulletinPublications.publishedAt)),
    bulletin.supersededById ? selectPublic(db).where(and(isPublic, eq(bulletins.id, bulletin.supersededById))) : [],
    imageSizes(db, content),
    db
      .select({ id: bulletinAlerts.id })
      .from(bulletinAlerts)
      .where(and(eq(bulletinAlerts.bulletinId, bulletin.id), eq(bulletinAlerts.status, 'Actual')))
      .orderBy(desc(bulletinAlerts.sentAt))
      .limit(1),
  ])
  return {
    ...publicOf(row),
    areas: areaRows.map(({ name }) => name),
    corrections,
    supersededBy: newerOne?.bulletin.slug
      ? {
          slug: newerOne.bulletin.slug,
          title: newerOne.content.vi.title,
          titleEn: newerOne.content.en?.title ?? null,
        }
      : null,
    images: new Map(imageRows.map(({ id, width, height }) => [id, { width, height }])),
    alertId: alerts[0]?.id ?? null,
  }
}

async function imageSizes(db: Connection, { vi, en }: BulletinContent) {
  const ids = [...new Set([...imagesOf(vi.body), ...(en ? imagesOf(en.body) : [])])]
  if (ids.length === 0) return []
  return db.select({ id: files.id, width: files.width, height: files.height }).from(files).where(inArray(files.id, ids))
}

function publicOf({ bulletin, content, incidentName }: Row): PublicBulletin {
  const { incidentId, firstPublishedAt, publishedAt } = bulletin
  return {
    id: bulletin.id,
    slug: bulletin.slug ?? '',
    number: bulletin.number,
    incident: incidentId ? { id: incidentId, name: incidentName ?? '' } : null,
    standing: standingOf(bulletin),
    content,
    firstPublishedAt: firstPublishedAt ?? bulletin.updatedAt,
    publishedAt: publishedAt ?? bulletin.updatedAt,
    changedAt: bulletin.changedAt ?? publishedAt ?? bulletin.updatedAt,
    notice: bulletin.notice,
    noticeEn: bulletin.noticeEn,
  }
}

const newer = (a: Date | null, b: Date | null): Date => new Date(Math.max(a?.getTime() ?? 0, b?.getTime() ?? 0))

export type PublicAlert = typeof bulletinAlerts.$inferSelect

/** The alerts that went out for good, the newest first. What was only exercised is not among them. */
export async function publicAlerts(db: Connection, limit = 100): Promise<PublicAlert[]> {
  return db
    .select()
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.status, 'Actual'))
    .orderBy(desc(bulletinAlerts.sentAt), desc(bulletinAlerts.id))
    .limit(limit)
}

/** Those in force: neither lapsed nor followed by another message. */
export function alertsInForce(alerts: readonly PublicAlert[], now: Date): PublicAlert[] {
  const followed = new Set(alerts.flatMap(({ follows }) => follows))
  return alerts.filter(
    ({ id, messageType, expiresAt }) => messageType !== 'Cancel' && expiresAt > now && !followed.has(id),
  )
}

export async function publicAlert(db: Connection, id: string): Promise<PublicAlert | null> {
  const [row] = await db
    .select()
    .from(bulletinAlerts)
    .where(and(eq(bulletinAlerts.id, id), eq(bulletinAlerts.status, 'Actual')))
  return row ?? null
}
