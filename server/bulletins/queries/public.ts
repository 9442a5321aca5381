import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, ne, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { builtOnce } from '#db/built-once.ts'
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
import { announcementOf, readingSeconds } from '../rules/loudspeaker.ts'
import { asPublished, hasArea } from '../rules/named-areas.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import { holds } from './holds.ts'
import { cleanedSince, movedFrom } from './removals.ts'

/** A bulletin as the public lists it: the content of its published revision, whatever is being written meanwhile. */
export type PublicBulletin = {
  id: string
  slug: string
  number: number | null
  incident: { id: string; name: string; nameEn: string } | null
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
  /** Folded words: its text contains all of them. */
  words?: readonly string[]
  /** Only what is in force at a moment, or only the rest. */
  force?: { at: Date; is: boolean }
  before?: { at: Date; id: string } | null
  limit?: number
}

/** Bulletins that the public may know about at all. */
const isPublic = and(
  isNotNull(bulletins.publishedRevisionId),
  eq(bulletins.isExercise, false),
  ne(bulletins.state, 'unpublished'),
)

const columns = {
  bulletin: bulletins,
  content: bulletinRevisions.content,
  incident: { id: incidents.id, name: incidents.name, nameEn: incidents.nameEn },
}

export function selectPublic(db: Connection) {
  return db
    .select(columns)
    .from(bulletins)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.publishedRevisionId))
    .leftJoin(incidents, eq(incidents.id, bulletins.incidentId))
}
type Row = Awaited<ReturnType<typeof selectPublic>>[number]

/** The newest first. Those of an area include those for the whole city. */
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

function conditionsOf({ areaId, incidentId, kind, words = [], force }: PublicFilter): (SQL | undefined)[] {
  return [
    ...words.map((word) => holds(bulletins.publicFolded, word)),
    force ? (force.is ? isInForce(force.at) : sql`(${isInForce(force.at)}) is not true`) : undefined,
    areaId
      ? or(sql`${bulletins.publicAreaIds} @> array[${areaId}]::int[]`, sql`cardinality(${bulletins.publicAreaIds}) = 0`)
      : undefined,
    incidentId ? eq(bulletins.incidentId, incidentId) : undefined,
    kind ? eq(bulletins.publicKind, kind) : undefined,
  ]
}

/** The SQL form of `inForce` in `validityAt` of the rules. */
const isInForce = (at: Date): SQL | undefined =>
  and(
    notInArray(bulletins.state, ['superseded', 'withdrawn', 'unpublished']),
    gt(bulletins.publicUntil, at),
    or(isNull(bulletins.publicFrom), lte(bulletins.publicFrom, at)),
  )

/**
 * When anything that the public sees changed last, and how much there is: cached pages and feeds are validated against
 * it. A bulletin that becomes valid or lapses reads differently from then on, though nothing was written.
 */
export async function publicMark(db: Connection, at: Date): Promise<{ key: string; changedAt: Date }> {
  const turnOf = (turn: typeof bulletins.publicFrom | typeof bulletins.publicUntil) =>
    sql`case when ${turn} <= ${at.toISOString()}::timestamptz then ${turn} end`
  const [begun, lapsed] = [turnOf(bulletins.publicFrom), turnOf(bulletins.publicUntil)]
  const [row] = await db
    .select({
      count: sql<number>`(count(*) filter (where ${bulletins.state} <> 'unpublished'))::int`,
      turns: sql<number>`(count(${begun}) + count(${lapsed}))::int`,
      // The clocks of processes differ, so a later change may carry an earlier time: the sum counts every one of them.
      sum: sql<
        string | null
      >`sum(extract(epoch from greatest(${bulletins.publishedAt}, ${bulletins.changedAt})))::text`,
      changedAt: sql<
        string | null
      >`max(greatest(${bulletins.publishedAt}, ${bulletins.changedAt}, ${begun}, ${lapsed}))`,
    })
    .from(bulletins)
    .where(and(isNotNull(bulletins.publishedRevisionId), eq(bulletins.isExercise, false)))
  return {
    key: `${row?.count} ${row?.turns} ${row?.sum}`,
    changedAt: row?.changedAt ? new Date(row.changedAt) : new Date(0),
  }
}

export type PublicCorrection = { at: Date; note: string; noteEn: string }
export type PublicLink = { slug: string; title: string; titleEn: string | null }
/** The size of an image, and its path if it is not among the public ones. */
export type PublicImage = { width: number; height: number; home?: string }
export type PublicPage = PublicBulletin & {
  areas: string[]
  /** Their official codes, by which a device remembers the commune of its reader. */
  areaCodes: string[]
  corrections: PublicCorrection[]
  supersededBy: PublicLink | null
  images: ReadonlyMap<string, PublicImage>
  /** The CAP message in force. */
  alertId: string | null
  /** What the wards read out over their loudspeakers, as it was approved. */
  loudspeaker: { text: string; seconds: number }
}

const target = alias(bulletins, 'target')
const newerOne = alias(bulletins, 'newer_one')

/** Built once: this is queried for every page that is read. */
const standingUnder = builtOnce((db) =>
  db
    .select({
      id: bulletins.id,
      state: bulletins.state,
      isExercise: bulletins.isExercise,
      publishedRevisionId: bulletins.publishedRevisionId,
      publishedAt: bulletins.publishedAt,
      changedAt: bulletins.changedAt,
      publicFrom: bulletins.publicFrom,
      publicUntil: bulletins.publicUntil,
      redirectTo: target.slug,
      newer: { state: newerOne.state, revisionId: newerOne.publishedRevisionId, changedAt: newerOne.changedAt },
    })
    .from(bulletins)
    .leftJoin(newerOne, eq(newerOne.id, bulletins.supersededById))
    .leftJoin(target, and(eq(target.id, bulletins.redirectToId), ne(target.state, 'unpublished')))
    .where(eq(bulletins.slug, sql.placeholder('slug'))),
)

/**
 * The state of an address at a moment, in one small query: for caches and for addresses that no longer lead anywhere.
 */
export async function publicStanding(
  db: Connection,
  slug: string,
  at: Date,
): Promise<{ id: string; standing: Standing; key: string; changedAt: Date; redirectTo: string | null } | null> {
  const [row] = await standingUnder(db, { slug })
  if (!row) return formerAddress(db, slug)
  if (!row.publishedRevisionId) return null
  const { redirectTo } = row
  const standing = standingOf(row)
  // Its page names the one that replaced it: a change of that one, or its removal, changes this page.
  const successor = row.newer ? [row.newer.revisionId, row.newer.state === 'unpublished'] : []
  // So does the moment at which it becomes valid, or lapses.
  const turns = [row.publicFrom, row.publicUntil].filter((turn) => turn !== null && turn <= at)
  return {
    id: row.id,
    standing,
    key: [row.publishedRevisionId, standing, turns.length, ...successor].join(' '),
    changedAt: newest(row.publishedAt, row.changedAt, row.newer?.changedAt, ...turns),
    redirectTo,
  }
}

/** An address that named personal data redirects to the new one, as long as there is something to read. */
async function formerAddress(db: Connection, slug: string) {
  const moved = await movedFrom(db, slug)
  if (!moved) return null
  const { id, movedAt: changedAt, isGone } = moved
  return { id, standing: 'gone' as const, key: 'moved', changedAt, redirectTo: isGone ? null : moved.slug }
}

export async function publicPage(db: Connection, slug: string): Promise<PublicPage | null> {
  const [row] = await selectPublic(db).where(and(isPublic, eq(bulletins.slug, slug)))
  return row ? withDetails(db, row) : null
}

/** A published exercise, which is never public: for staff, rendered as it would be. */
export async function exercisePage(db: Connection, bulletinId: string): Promise<PublicPage | null> {
  const [row] = await selectPublic(db).where(and(eq(bulletins.id, bulletinId), eq(bulletins.isExercise, true)))
  return row ? withDetails(db, row) : null
}

/** An unpublished text, rendered as it will be: for the secret address of a preview. */
export async function previewPage(db: Connection, bulletinId: string): Promise<PublicPage | null> {
  const [row] = await db
    .select(columns)
    .from(bulletins)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.currentRevisionId))
    .leftJoin(incidents, eq(incidents.id, bulletins.incidentId))
    .where(eq(bulletins.id, bulletinId))
  if (!row) return null
  const isOut = row.bulletin.currentRevisionId === row.bulletin.publishedRevisionId
  const page = await withDetails(db, row)
  // Nothing else says that a draft has no area yet.
  return isOut || hasArea(row.content) ? page : { ...page, content: row.content, loudspeaker: spoken(row, page.areas) }
}

async function withDetails(db: Connection, row: Row): Promise<PublicPage> {
  const { bulletin, content } = row
  // The notes to readers of a text that was taken down for personal data may contain the data too.
  const cleanedAt = await cleanedSince(db, bulletin.id)
  const [areaRows, corrections, [successor], imageRows, alerts] = await Promise.all([
    content.areaIds.length > 0
      ? db
          .select({ name: areas.name, code: areas.code })
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
      .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletinPublications.revisionId))
      .where(
        and(
          eq(bulletinPublications.bulletinId, bulletin.id),
          eq(bulletinPublications.kind, 'substantive'),
          gt(bulletinRevisions.number, cleanedAt),
        ),
      )
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
  const names = areaRows.map(({ name }) => name)
  const shown = publicOf(row)
  return {
    ...shown,
    areas: names,
    areaCodes: areaRows.map(({ code }) => code),
    corrections,
    supersededBy: successor?.bulletin.slug
      ? {
          slug: successor.bulletin.slug,
          title: successor.content.vi.title,
          titleEn: successor.content.en?.title ?? null,
        }
      : null,
    images: new Map(imageRows.map(({ id, width, height }) => [id, { width, height }])),
    alertId: alerts[0]?.id ?? null,
    loudspeaker: spoken({ bulletin, content: shown.content }, names),
  }
}

function spoken({ bulletin, content }: Pick<Row, 'bulletin' | 'content'>, names: string[]): PublicPage['loudspeaker'] {
  const text = announcementOf(content, { areas: names, isExercise: bulletin.isExercise })
  return { text, seconds: readingSeconds(text) }
}

async function imageSizes(db: Connection, { vi, en }: BulletinContent) {
  const ids = [...new Set([...imagesOf(vi.body), ...(en ? imagesOf(en.body) : [])])]
  if (ids.length === 0) return []
  return db.select({ id: files.id, width: files.width, height: files.height }).from(files).where(inArray(files.id, ids))
}

export function publicOf({ bulletin, content, incident }: Row): PublicBulletin {
  const { firstPublishedAt, publishedAt } = bulletin
  return {
    id: bulletin.id,
    slug: bulletin.slug ?? '',
    number: bulletin.number,
    incident,
    standing: standingOf(bulletin),
    content: asPublished(content),
    firstPublishedAt: firstPublishedAt ?? bulletin.updatedAt,
    publishedAt: publishedAt ?? bulletin.updatedAt,
    changedAt: bulletin.changedAt ?? publishedAt ?? bulletin.updatedAt,
    notice: bulletin.notice,
    noticeEn: bulletin.noticeEn,
  }
}

export const newest = (...dates: (Date | null | undefined)[]): Date =>
  new Date(Math.max(...dates.map((date) => date?.getTime() ?? 0)))
