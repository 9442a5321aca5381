import {
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  max,
  ne,
  not,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Connection } from '#db/client.ts'
import {
  areas,
  bulletinAlerts,
  bulletinImages,
  bulletinPublications,
  bulletinRevisions,
  bulletins,
  files,
  incidents,
} from '#db/schema/index.ts'
import type { BulletinKind } from '../rules/bulletin.ts'
import { withoutNote, withoutWords } from '../rules/cap.ts'
import { imagesOf } from '../rules/document-text.ts'
import { type Standing, standingOf } from '../rules/lifecycle.ts'
import { announcementOf, readingSeconds } from '../rules/loudspeaker.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import { holds } from './holds.ts'
import { cleanedSince, isAlertTakenDown, isCleaned, movedFrom } from './removals.ts'

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
  /** Folded words: its text holds all of them. */
  words?: readonly string[]
  /** Only what is in force at a moment, or only the rest. */
  force?: { at: Date; is: boolean }
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

export function selectPublic(db: Connection) {
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

/** `validityAt` of the rules, where it says `inForce`. */
const isInForce = (at: Date): SQL | undefined =>
  and(
    notInArray(bulletins.state, ['superseded', 'withdrawn', 'unpublished']),
    gt(bulletins.publicUntil, at),
    or(isNull(bulletins.publicFrom), lte(bulletins.publicFrom, at)),
  )

/**
 * When anything that the public sees changed last, and how much there is: what a cached page or feed is measured by. A bulletin that
 * begins to hold or lapses reads otherwise from then on, though nothing was written.
 */
export async function publicMark(db: Connection, at: Date): Promise<{ key: string; changedAt: Date }> {
  const turnOf = (turn: typeof bulletins.publicFrom | typeof bulletins.publicUntil) =>
    sql`case when ${turn} <= ${at.toISOString()}::timestamptz then ${turn} end`
  const [begun, lapsed] = [turnOf(bulletins.publicFrom), turnOf(bulletins.publicUntil)]
  const [row] = await db
    .select({
      count: sql<number>`(count(*) filter (where ${bulletins.state} <> 'unpublished'))::int`,
      turns: sql<number>`(count(${begun}) + count(${lapsed}))::int`,
      // Of two changes the later may be the earlier's by the clock of another process: every one of them counts.
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
export type PublicPage = PublicBulletin & {
  areas: string[]
  /** Their official codes, by which a device remembers the commune of its reader. */
  areaCodes: string[]
  corrections: PublicCorrection[]
  supersededBy: PublicLink | null
  images: ReadonlyMap<string, { width: number; height: number }>
  /** The CAP message in force. */
  alertId: string | null
  /** What the wards read out over their loudspeakers, as it was approved. */
  loudspeaker: { text: string; seconds: number }
}

const target = alias(bulletins, 'target')
const newerOne = alias(bulletins, 'newer_one')

/** Where an address stands at a moment, in one small query: for caches and for addresses that lead nowhere any more. */
export async function publicStanding(
  db: Connection,
  slug: string,
  at: Date,
): Promise<{ id: string; standing: Standing; key: string; changedAt: Date; redirectTo: string | null } | null> {
  const [row] = await db
    .select({
      bulletin: bulletins,
      redirectTo: target.slug,
      newer: { state: newerOne.state, revisionId: newerOne.publishedRevisionId, changedAt: newerOne.changedAt },
    })
    .from(bulletins)
    .leftJoin(newerOne, eq(newerOne.id, bulletins.supersededById))
    .leftJoin(target, and(eq(target.id, bulletins.redirectToId), ne(target.state, 'unpublished')))
    .where(eq(bulletins.slug, slug))
  if (!row) return formerAddress(db, slug)
  if (!row.bulletin.publishedRevisionId) return null
  const { bulletin, redirectTo } = row
  const standing = standingOf(bulletin)
  // Its page names the one that replaced it: what that says, and whether it is gone, makes it another page.
  const successor = row.newer ? [row.newer.revisionId, row.newer.state === 'unpublished'] : []
  // So does the moment at which it begins to hold, or lapses.
  const turns = [bulletin.publicFrom, bulletin.publicUntil].filter((turn) => turn !== null && turn <= at)
  return {
    id: bulletin.id,
    standing,
    key: [row.bulletin.publishedRevisionId, standing, turns.length, ...successor].join(' '),
    changedAt: newest(bulletin.publishedAt, bulletin.changedAt, row.newer?.changedAt, ...turns),
    redirectTo,
  }
}

/** An address that named personal data leads to the new one, as long as there is something to read. */
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

/** An exercise that has gone out, which nobody finds outside: for staff, dressed as it would be. */
export async function exercisePage(db: Connection, bulletinId: string): Promise<PublicPage | null> {
  const [row] = await selectPublic(db).where(and(eq(bulletins.id, bulletinId), eq(bulletins.isExercise, true)))
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
  // What readers were told of a text that was taken down for personal data may name them too.
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
  const loudspeaker = announcementOf(content, { areas: names, isExercise: bulletin.isExercise })
  return {
    ...publicOf(row),
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
    loudspeaker: { text: loudspeaker, seconds: readingSeconds(loudspeaker) },
  }
}

async function imageSizes(db: Connection, { vi, en }: BulletinContent) {
  const ids = [...new Set([...imagesOf(vi.body), ...(en ? imagesOf(en.body) : [])])]
  if (ids.length === 0) return []
  return db.select({ id: files.id, width: files.width, height: files.height }).from(files).where(inArray(files.id, ids))
}

export function publicOf({ bulletin, content, incidentName }: Row): PublicBulletin {
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

const newest = (...dates: (Date | null | undefined)[]): Date =>
  new Date(Math.max(...dates.map((date) => date?.getTime() ?? 0)))

type Message = typeof bulletinAlerts.$inferSelect
/** `followedBy`: what the latest message is that took its place, readable or not. */
export type PublicAlert = Message & { followedBy: Message['messageType'] | null }

const isGone = eq(bulletins.state, 'unpublished')
/** With its bulletin, or because that was cleaned of personal data since. */
const isTakenDown = sql<boolean>`(${isGone} or ${isAlertTakenDown})`
/** The note of a cancelled alert names the bulletin that took its place. */
const isSuccessorGone = sql<boolean>`(${isCleaned(bulletins.supersededById)} or exists (
  select from bulletins s where s.id = ${bulletins.supersededById} and s.state = 'unpublished'))`
const followedBy = sql<Message['messageType'] | null>`(select later.message_type from bulletin_alerts later
  where later.follows @> jsonb_build_array(${bulletinAlerts.id}) order by later.sent_at desc, later.id desc limit 1)`
const alertColumns = { alert: bulletinAlerts, followedBy, isGone: isTakenDown, isSuccessorGone }
type AlertRow = { alert: Message; followedBy: PublicAlert['followedBy']; isGone: boolean; isSuccessorGone: boolean }

/**
 * The alerts that went out for good, the newest first. What was only exercised is not among them, and of what was taken down only
 * that it was cancelled.
 */
export async function publicAlerts(db: Connection, limit = 100): Promise<PublicAlert[]> {
  const rows = await db
    .select(alertColumns)
    .from(bulletinAlerts)
    .innerJoin(bulletins, eq(bulletins.id, bulletinAlerts.bulletinId))
    .where(and(eq(bulletinAlerts.status, 'Actual'), or(not(isTakenDown), eq(bulletinAlerts.messageType, 'Cancel'))))
    .orderBy(desc(bulletinAlerts.sentAt), desc(bulletinAlerts.id))
    .limit(limit)
  return rows.map(sayable)
}

/** As much of an alert as may still be said. */
function sayable({ alert: message, followedBy, isGone, isSuccessorGone }: AlertRow): PublicAlert {
  const alert = { ...message, followedBy }
  if (isGone) {
    const bare = withoutWords(alert.message)
    return { ...alert, message: bare, headline: bare.info[0]?.headline ?? '' }
  }
  return isSuccessorGone ? { ...alert, message: withoutNote(alert.message) } : alert
}

/** When the list of alerts changed last: by a message, or because something of it was taken down. */
export async function alertsChangedAt(db: Connection): Promise<Date> {
  const [row] = await db
    .select({
      at: sql<
        string | null
      >`max(greatest(${bulletinAlerts.sentAt}, case when ${isTakenDown} then ${bulletins.changedAt} end,
        case when ${isSuccessorGone} then ${newerOne.changedAt} end))`,
    })
    .from(bulletinAlerts)
    .innerJoin(bulletins, eq(bulletins.id, bulletinAlerts.bulletinId))
    .leftJoin(newerOne, eq(newerOne.id, bulletins.supersededById))
    .where(eq(bulletinAlerts.status, 'Actual'))
  return new Date(row?.at ?? 0)
}

/**
 * Alerts in force at a moment, newest first: neither cancelled, expired nor followed by another message. The follower may belong
 * to a bulletin that was taken down, so the whole table is searched and not only the public list.
 */
export async function alertsInForce(db: Connection, at: Date): Promise<PublicAlert[]> {
  const isFollowed = sql`exists (select from bulletin_alerts later
    where later.follows @> jsonb_build_array(${bulletinAlerts.id}))`
  const rows = await db
    .select(alertColumns)
    .from(bulletinAlerts)
    .innerJoin(bulletins, eq(bulletins.id, bulletinAlerts.bulletinId))
    .where(
      and(
        eq(bulletinAlerts.status, 'Actual'),
        ne(bulletinAlerts.messageType, 'Cancel'),
        gt(bulletinAlerts.expiresAt, at),
        not(isTakenDown),
        not(isFollowed),
      ),
    )
    .orderBy(desc(bulletinAlerts.sentAt), desc(bulletinAlerts.id))
  return rows.map(sayable)
}

/** When the list of those in force changed last: by a message, or because one lapsed. */
export async function forceChangedAt(db: Connection, at: Date): Promise<Date> {
  const [lapsed] = await db
    .select({ at: max(bulletinAlerts.expiresAt) })
    .from(bulletinAlerts)
    .where(and(eq(bulletinAlerts.status, 'Actual'), lte(bulletinAlerts.expiresAt, at)))
  return newest(lapsed?.at, await alertsChangedAt(db))
}

/** One message; `gone` where it was taken down, unless it says no more than that. */
export async function publicAlert(db: Connection, id: string): Promise<PublicAlert | 'gone' | null> {
  const [row] = await db
    .select(alertColumns)
    .from(bulletinAlerts)
    .innerJoin(bulletins, eq(bulletins.id, bulletinAlerts.bulletinId))
    .where(and(eq(bulletinAlerts.id, id), eq(bulletinAlerts.status, 'Actual')))
  if (!row) return null
  return row.isGone && row.alert.messageType !== 'Cancel' ? 'gone' : sayable(row)
}

/**
 * An image as everybody may fetch it: of a bulletin that is out. `gone` where one showed it that was taken down, or that shows it no
 * more since it was corrected.
 */
export async function publicImageFile(
  db: Connection,
  fileId: string,
): Promise<{ sha256: string; publicKey: string } | 'gone' | null> {
  const shown = await db
    .select({ sha256: files.sha256, publicKey: files.publicKey, isGone: sql<boolean>`${isGone}` })
    .from(bulletinImages)
    .innerJoin(files, eq(files.id, bulletinImages.fileId))
    .innerJoin(bulletins, eq(bulletins.id, bulletinImages.bulletinId))
    .where(and(eq(bulletinImages.fileId, fileId), eq(files.purpose, 'bulletin_image')))
  const [out] = shown.filter((each) => !each.isGone)
  if (out) return out
  return shown.length > 0 || (await wasShown(db, fileId)) ? 'gone' : null
}

/** Whether a text that went out showed it. Of a file that stands in no text at all the texts are not searched. */
async function wasShown(db: Connection, fileId: string): Promise<boolean> {
  const [file] = await db
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.id, fileId), eq(files.purpose, 'bulletin_image'), isNotNull(files.attachedAt)))
  if (!file) return false
  const [found] = await db
    .select({ id: bulletinRevisions.id })
    .from(bulletinPublications)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletinPublications.revisionId))
    .where(
      and(
        eq(bulletinPublications.isExercise, false),
        sql`jsonb_path_exists(${bulletinRevisions.content}, 'strict $.**.fileId ? (@ == $id)', jsonb_build_object('id', ${fileId}::text))`,
      ),
    )
    .limit(1)
  return found !== undefined
}
