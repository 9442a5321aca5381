import { and, desc, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { areas, bulletinAppearances, bulletinPublications, bulletins, incidents } from '#db/schema/index.ts'
import { feedLimits } from '#server/platform/rules/limits.ts'
import type { FeedAddress } from '../rules/feed-address.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import { type PublicBulletin, publicOf, selectPublic } from './public.ts'

/** The commune or the incident that a feed is about. */
export type FeedSubject = { areaId: number | null; area: string | null; incident: string | null }

/** The subject of a feed; null where there is no such commune or incident. */
export async function feedSubject(
  db: Connection,
  { area, incident, language }: FeedAddress,
): Promise<FeedSubject | null> {
  const [[place], [storm]] = await Promise.all([
    area === null
      ? []
      : db
          .select({ id: areas.id, name: areas.name })
          .from(areas)
          .where(eq(areas.code, area))
          .orderBy(desc(areas.validFrom))
          .limit(1),
    // While an incident has no publication yet, not even its name is shown.
    incident === null
      ? []
      : db
          .select({
            name: sql<string>`case when ${exists(appearancesIn(db, incident))} then ${language === 'en' ? sql`coalesce(nullif(${incidents.nameEn}, ''), ${incidents.name})` : incidents.name} else '' end`,
          })
          .from(incidents)
          .where(eq(incidents.id, incident)),
  ])
  if ((area !== null && !place) || (incident !== null && !storm)) return null
  return { areaId: place?.id ?? null, area: place?.name ?? null, incident: storm?.name || null }
}

const appearancesIn = (db: Connection, incidentId: string) =>
  db
    .select({ at: bulletinAppearances.position })
    .from(bulletinAppearances)
    .where(eq(bulletinAppearances.incidentId, incidentId))

/**
 * The bulletins of a feed as they first appeared in it, in that order, each with its position. Whatever is corrected
 * later, a position once taken is kept: archives are cut out of this sequence. A bulletin that was once sent to a
 * commune stays in its feed, above all when a correction says that it no longer concerns that commune.
 */
function placesOf({ kind, incident, language }: FeedAddress, { areaId }: FeedSubject): SQL {
  const conditions = [
    areaId === null ? undefined : sql`(cardinality(area_ids) = 0 or area_ids @> array[${areaId}]::int[])`,
    incident === null ? undefined : sql`incident_id = ${incident}::uuid`,
    kind === null ? undefined : sql`kind = ${kind}`,
    language === 'en' ? sql`in_english` : undefined,
  ].filter((condition) => condition !== undefined)
  return sql`select bulletin_id, revision_id, appeared_at, row_number() over (order by position) - 1 as place
    from (select distinct on (bulletin_id) * from bulletin_appearances
      where ${conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`}
      order by bulletin_id, position) first`
}

/** Inlined as a literal, so that PostgreSQL sees the same expression everywhere. */
const archiveSize = sql.raw(String(feedLimits.archive))

/**
 * What was taken down of a text that was once in the feed, with its bulletin or for personal data: how often, and when
 * last.
 */
const removed = (what: SQL) =>
  sql`(select ${what} from bulletin_removals gone where gone.bulletin_id = b.id and gone.revision_number > said.number)`
const takenDown = sql`((b.state = 'unpublished')::int + ${removed(sql`count(*)`)})`
const takenDownAt = sql`greatest(case when b.state = 'unpublished' then b.changed_at end, ${removed(sql`max(gone.removed_at)`)})`

/** `edition`: how often something of an archive, or of those before it, was taken down. */
export type Archive = { edition: number; changedAt: Date }

/** The closed archives of a feed, oldest first. */
export async function archives(db: Connection, address: FeedAddress, subject: FeedSubject): Promise<Archive[]> {
  const rows = await db.execute<{ edition: string; changed_at: Date }>(sql`
    with places as (${placesOf(address, subject)})
    select sum(sum(${takenDown})) over (order by place / ${archiveSize}) as edition,
      max(greatest(places.appeared_at, ${takenDownAt})) as changed_at
    from places join bulletins b on b.id = places.bulletin_id join bulletin_revisions said on said.id = places.revision_id
    group by place / ${archiveSize} having count(*) = ${archiveSize}
    order by place / ${archiveSize}`)
  return rows.map(({ edition, changed_at }) => ({ edition: Number(edition), changedAt: new Date(changed_at) }))
}

/** What a feed shows of a bulletin: the text, or that it is gone. */
export type FeedBulletin = PublicBulletin & { versions: number; versionAt: Date }
export type Tombstone = { id: string; goneAt: Date }
export type Subscription = { bulletins: FeedBulletin[]; gone: Tombstone[] }

/**
 * What a reader of a feed has to know now, the last change first: the latest changes; all that is in no archive yet;
 * and what may be taken to be in force, because it has not lapsed or names no end, though its archive has another text.
 * Where these are too many, those that changed longest ago are left to the archives.
 */
export async function subscription(
  db: Connection,
  address: FeedAddress,
  subject: FeedSubject,
  { archived, at }: { archived: number; at: Date },
): Promise<Subscription> {
  const rows = await db.execute<{ id: string; changed_at: Date; is_gone: boolean }>(sql`
    with told as (
      select b.id, b.changed_at, b.state = 'unpublished' as is_gone, places.place >= ${archived}::int as is_new,
        b.changed_at > places.appeared_at
          and (b.public_until is null or b.public_until > ${at.toISOString()}::timestamptz) as is_needed,
        row_number() over (order by b.changed_at desc, b.id desc) as rank
      from (${placesOf(address, subject)}) places join bulletins b on b.id = places.bulletin_id)
    select id, changed_at, is_gone from told
    where rank <= ${feedLimits.latest}::int or is_new or is_needed
    order by is_new desc, rank limit ${feedLimits.most}::int`)
  const found = rows.map(({ id, changed_at, is_gone }) => ({ id, goneAt: new Date(changed_at), isGone: is_gone }))
  const byChange = (a: Tombstone, b: Tombstone) => b.goneAt.getTime() - a.goneAt.getTime() || (a.id < b.id ? 1 : -1)
  found.sort(byChange)
  const bulletins = await feedBulletins(
    db,
    found.filter(({ isGone }) => !isGone).map(({ id }) => id),
  )
  return { bulletins, gone: found.filter(({ isGone }) => isGone).map(({ id, goneAt }) => ({ id, goneAt })) }
}

/**
 * Each with how often readers were notified of another text of it, or that it was withdrawn: a superseded bulletin
 * still has the same text.
 */
async function feedBulletins(db: Connection, ids: readonly string[]): Promise<FeedBulletin[]> {
  if (ids.length === 0) return []
  const [rows, corrections] = await Promise.all([
    selectPublic(db).where(inArray(bulletins.id, [...ids])),
    db
      .select({
        id: bulletinPublications.bulletinId,
        count: sql<number>`count(*)::int`,
        last: sql<string>`max(${bulletinPublications.publishedAt})`,
      })
      .from(bulletinPublications)
      .where(and(inArray(bulletinPublications.bulletinId, [...ids]), eq(bulletinPublications.kind, 'substantive')))
      .groupBy(bulletinPublications.bulletinId),
  ])
  const corrected = new Map(corrections.map(({ id, count, last }) => [id, { count, last: new Date(last) }]))
  const order = new Map(ids.map((id, at) => [id, at]))
  return rows
    .map((row) => {
      const bulletin = publicOf(row)
      const { count = 0, last = bulletin.firstPublishedAt } = corrected.get(bulletin.id) ?? {}
      const isWithdrawn = bulletin.standing === 'withdrawn'
      return {
        ...bulletin,
        versions: 1 + count + Number(isWithdrawn),
        versionAt: isWithdrawn ? bulletin.changedAt : last,
      }
    })
    .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
}

/** A bulletin as it first appeared in a feed, or as it was cleaned of personal data since. */
export type ArchivedBulletin = {
  id: string
  slug: string
  content: BulletinContent
  number: number | null
  incidentId: string | null
  firstPublishedAt: Date
  updatedAt: Date
  isGone: boolean
  goneAt: Date
}

/**
 * One archive, oldest first; `page` counts from 1. Nothing of it depends on what may change later, except for what is
 * taken down.
 */
export async function archived(
  db: Connection,
  address: FeedAddress,
  subject: FeedSubject,
  page: number,
): Promise<ArchivedBulletin[]> {
  const rows = await db.execute<{
    id: string
    slug: string
    content: BulletinContent
    number: number | null
    incident_id: string | null
    first_published_at: Date
    updated_at: Date
    is_gone: boolean
    gone_at: Date
  }>(sql`
    with places as (${placesOf(address, subject)})
    select b.id, b.slug, coalesce(cleaned.content, said.content) as content, b.number, b.incident_id, b.first_published_at,
      coalesce(cleaned.removed_at, places.appeared_at) as updated_at, b.state = 'unpublished' as is_gone, b.changed_at as gone_at
    from places join bulletins b on b.id = places.bulletin_id join bulletin_revisions said on said.id = places.revision_id
      left join lateral (
        select clean.content, gone.removed_at from bulletin_removals gone join bulletin_revisions clean on clean.id = gone.revision_id
        where gone.bulletin_id = b.id and gone.revision_number > said.number order by gone.revision_number desc limit 1) cleaned on true
    where place >= ${(page - 1) * feedLimits.archive}::int and place < ${page * feedLimits.archive}::int
    order by place`)
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    content: row.content,
    number: row.number,
    incidentId: row.incident_id,
    firstPublishedAt: new Date(row.first_published_at),
    updatedAt: new Date(row.updated_at),
    isGone: row.is_gone,
    goneAt: new Date(row.gone_at),
  }))
}
