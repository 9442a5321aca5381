import { and, eq, type SQL, sql } from 'drizzle-orm'
import { runPrepared } from '#db/prepared.ts'
import { categories, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { findPlaces } from '#server/places/queries/find.ts'
import { isClose, placeMeant } from '#server/places/rules/meant.ts'
import { DomainError } from '#server/platform/errors.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'
import { duplicateReach, type Likeness, likely, likelyAmong, likenessOf, type Matter } from '../rules/duplicates.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import { matterWordsOf } from '../rules/matter-words.ts'
import { cellsAround, type Point } from '../rules/neighbourhood.ts'
import { isSameLane, laneIn, type ReadLane, wordsOfLane } from '../rules/same-lane.ts'
import type { DuplicateDraft } from '../rules/schemas.ts'
import { wordsOf } from '../rules/search-text.ts'
import { sameTitles } from './same-title.ts'
import { seenBy, visibleTo } from './scope.ts'

export type LikelyDuplicate = Likeness & {
  id: number
  code: string
  version: number
  title: string
  state: ReportState
  categoryName: string
  categoryNameEn: string
  agencyName: string | null
  receivedAt: Date
  body: string
  address: string
  point: Point | null
  areaName: string | null
  categoryCode: string
  /** Of its answer; null while it is open. */
  endedAt: Date | null
  photoId: string | null
  photoCount: number
  mergedCount: number
  linkedCount: number
  /** Other reports follow it already. */
  isCanonical: boolean
  /** The compared report has no point: the distance is measured from the place of its address. */
  isByAddress: boolean
}

/** `isComparable`: it has a point, or an address that names a house or a lane. Without either, nothing was compared. */
export type Compared = { isComparable: boolean; found: LikelyDuplicate[] }

/** Reports that are probably about the same matter as this one, the likeliest first. */
export async function likelyDuplicates(ctx: Context, reportId: number): Promise<Compared> {
  const [row] = await ctx.db
    .select({
      lon: reports.lon,
      lat: reports.lat,
      receivedAt: reports.receivedAt,
      endedAt: reports.answeredAt,
      categoryCode: reports.categoryCode,
      familyCode: sql<string>`coalesce(${categories.parentCode}, ${categories.code})`,
      address: reports.address,
      areaId: reports.areaId,
      title: reports.title,
      body: reports.body,
    })
    .from(reports)
    .innerJoin(categories, eq(categories.code, reports.categoryCode))
    .where(and(eq(reports.id, reportId), visibleTo(ctx.actor)))
  if (!row) throw new DomainError('not_found')
  const { lon, lat, areaId, ...rest } = row
  const own = lon === null || lat === null ? null : { lon, lat }
  const point = own ?? (await pointOfAddress(ctx, rest.address, areaId))
  const found = await likelyTo(ctx, { ...rest, point, areaId }, { reportId, isByAddress: own === null })
  return { isComparable: point !== null || laneIn(rest.address) !== null, found }
}

/** About where an address is, where that is known to the house or the lane. */
async function pointOfAddress(ctx: Context, address: string, areaId: number | null = null): Promise<Point | null> {
  if (address.trim() === '') return null
  const text = address.slice(0, placeLimits.characters)
  const place = placeMeant(await findPlaces({ ...ctx, seen: seenBy(ctx.actor) }, { text, ...(areaId && { areaId }) }))
  return place && isClose(place) ? { lon: place.lon, lat: place.lat } : null
}

/** A report that is known already: with its distance where places were compared, otherwise with its address. */
export type KnownReport = Pick<
  LikelyDuplicate,
  'id' | 'code' | 'title' | 'state' | 'receivedAt' | 'minutes' | 'grounds' | 'isByAddress'
> & { metres: number | null; address: string }

/**
 * The same for a report that is being entered, so that an existing report is noticed before it is entered again.
 * Without a point it is known by its title, and by its address where that is known to the house or the lane.
 */
export async function duplicatesOfDraft(ctx: Context, draft: DuplicateDraft): Promise<KnownReport[]> {
  const [near, named] = await Promise.all([nearDraft(ctx, draft), sameTitles(ctx.db, ctx.actor, draft, ctx.now())])
  const known = named.map((one) => ({
    ...one,
    metres: null as null,
    minutes: Math.round((ctx.now().getTime() - one.receivedAt.getTime()) / 60_000),
    grounds: [],
    isByAddress: false,
  }))
  return [...near, ...known.filter(({ id }) => near.every((one) => one.id !== id))].slice(0, likely.most)
}

async function nearDraft(ctx: Context, { point: own, ...draft }: DuplicateDraft): Promise<LikelyDuplicate[]> {
  if (draft.categoryCode === '') return []
  const point = own ?? (await pointOfAddress(ctx, draft.address))
  const [category] = await ctx.db
    .select({ familyCode: sql<string>`coalesce(${categories.parentCode}, ${categories.code})` })
    .from(categories)
    .where(eq(categories.code, draft.categoryCode))
  if (!category) throw new DomainError('category_unknown', { code: draft.categoryCode })
  return likelyTo(
    ctx,
    { ...draft, ...category, point, areaId: null, receivedAt: ctx.now(), endedAt: null },
    {
      reportId: 0,
      isByAddress: own === null,
    },
  )
}

type Asked = { reportId: number; isByAddress: boolean }
type Placed = Matter & { areaId: number | null }

async function likelyTo(ctx: Context, matter: Placed, asked: Asked): Promise<LikelyDuplicate[]> {
  const { db, actor } = ctx
  const { reportId, isByAddress } = asked
  const lane = laneIn(matter.address)
  const { point } = matter
  const [near, named] = await Promise.all([
    point ? runPrepared<Candidate>(db, candidateStatement(actor, { ...matter, point }, reportId)) : [],
    lane ? runPrepared<Candidate>(db, sameLaneStatement(actor, matter, lane, reportId)) : [],
  ])
  const rows = [...near, ...named.filter((row) => lane && isAtLane(lane, row))]
  const own = matterWordsOf(matter)
  const wordsIn = (one: Matter) => (one === matter ? own : matterWordsOf(one))
  const weighed = rows.map(({ lon, lat, familyCode, ...row }) => {
    const other = { ...row, point: lon === null || lat === null ? null : { lon, lat } }
    const { metres, minutes, ...likeness } = likenessOf(matter, { ...other, familyCode }, wordsIn)
    const isCanonical = row.mergedCount + row.linkedCount > 0
    return {
      ...other,
      ...likeness,
      isCanonical,
      isByAddress: isByAddress || metres === null,
      metres: metres === null ? null : Math.round(metres),
      minutes: Math.round(minutes),
    }
  })
  return likelyAmong(weighed)
}

type Candidate = Omit<LikelyDuplicate, 'isCanonical' | 'isByAddress' | keyof Likeness> &
  Omit<Matter, 'point'> & { lon: number | null; lat: number | null }

/**
 * A bounded number of candidates: from the surrounding squares, the nearest in space and time, those of the same field
 * first; texts are compared only for them. Merged and rejected reports cannot be followed and are left out.
 */
export function candidateStatement(actor: Actor, matter: Matter & { point: Point }, reportId: number): SQL {
  const { point, receivedAt, familyCode } = matter
  const span = duplicateReach.days * 86_400_000
  const [from, until] = [-span, span].map((each) => new Date(receivedAt.getTime() + each).toISOString())
  const cells = `{${cellsAround(point, duplicateReach.metres).join(',')}}`
  const apart = sql`sqrt(((${reports.lon} - ${point.lon}::float8) * cos(radians(${point.lat}::float8))) ^ 2
    + (${reports.lat} - ${point.lat}::float8) ^ 2) * 111000`
  return sql`
    with close as materialized (
      select ${reports.id}, ${reports.categoryCode}, ${apart} as metres,
        abs(extract(epoch from ${reports.receivedAt} - ${receivedAt.toISOString()}::timestamptz)) / 86400 as days
      from report_cells k join ${reports} on ${reports.id} = k.report_id
      where k.cell = any(${cells}::bigint[])
        and k.received_at between ${from}::timestamptz and ${until}::timestamptz
        and k.report_id <> ${reportId}::bigint
        and ${reports.state} not in ('merged', 'rejected') and ${visibleTo(actor)}
    ), first as (
      select id from close join categories on code = category_code
      where metres <= ${duplicateReach.metres}::float8
      order by metres / 50 + days / 10 + case when coalesce(parent_code, code) = ${familyCode}::text then 0 else 3 end, id
      limit ${duplicateReach.candidates}::int
    )
    ${candidatesOf(sql`first`)}`
}

/** What is compared and shown of the reports whose ids a step before has. */
const candidatesOf = (first: SQL) => sql`
    select r.id, r.code, r.version, r.title, r.state, ar.name as "areaName", c.name as "categoryName", c.name_en as "categoryNameEn",
      a.short_name as "agencyName", r.received_at as "receivedAt", r.merged_count as "mergedCount",
      r.linked_count as "linkedCount", r.lon, r.lat, r.body, r.address, r.category_code as "categoryCode",
      coalesce(c.parent_code, c.code) as "familyCode", r.answered_at as "endedAt",
      (select count(*)::int from report_photos p where p.report_id = r.id and p.kind = 'citizen') as "photoCount",
      (select p.file_id from report_photos p where p.report_id = r.id and p.kind = 'citizen'
        order by p.position, p.added_at limit 1) as "photoId"
    from ${first} join reports r using (id) join categories c on c.code = r.category_code
    left join agencies a on a.id = r.agency_id left join areas ar on ar.id = r.area_id`

const isAtLane = (lane: ReadLane, { address }: Candidate): boolean => {
  const other = laneIn(address)
  return other !== null && isSameLane(lane, other)
}

/**
 * Reports whose words contain the name and the number of the lane, of which one has no point: the newest ones. With
 * two points, the distance decides. Where the commune of one is not known, those of every commune are offered.
 */
export function sameLaneStatement(actor: Actor, matter: Placed, lane: ReadLane, reportId: number): SQL {
  const { point, receivedAt, areaId } = matter
  const span = duplicateReach.days * 86_400_000
  const [from, until] = [-span, span].map((each) => new Date(receivedAt.getTime() + each).toISOString())
  const query = wordsOf(wordsOfLane(lane))
    .map(({ folded }) => `'${folded}'`)
    .join(' & ')
  return sql`
    with named as materialized (
      select report_id from report_search where words @@ ${query}::tsquery
    ), first as (
      select ${reports.id} from named join ${reports} on ${reports.id} = report_id
      where ${reports.receivedAt} between ${from}::timestamptz and ${until}::timestamptz
        and ${reports.id} <> ${reportId}::bigint and ${reports.state} not in ('merged', 'rejected')
        ${point ? sql`and ${reports.lon} is null` : sql``}
        ${areaId === null ? sql`` : sql`and coalesce(${reports.areaId}, ${areaId}::int) = ${areaId}::int`}
        and ${visibleTo(actor)}
      order by ${reports.receivedAt} desc, ${reports.id} desc
      limit ${duplicateReach.sameLane}::int
    )
    ${candidatesOf(sql`first`)}`
}
