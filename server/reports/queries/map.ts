import { inArray, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Standing } from '#server/calendars/rules/standing.ts'
import {
  type DeadlineGroup,
  deadlineGroups,
  type GroupCounts,
  gridOf,
  groupCounts,
  shortAddress,
} from '../rules/map.ts'
import type { Box } from '../rules/map-input.ts'
import type { Queue, QueueCursor } from '../rules/queue.ts'
import { isOpenReport } from '../states.ts'
import { deadlineGroupAt, deadlineIs } from './deadline-sql.ts'
import { casesOf } from './exported-cases.ts'
import { queuePage } from './queue.ts'
import { clockOf, deadlineOfRow, type PageRow } from './queue-rows.ts'
import { type OfficeTimes, workingTimes } from './working-times.ts'

/**
 * Reports that are so close to each other that they share a cell of the map; a single report in its cell is shown as
 * itself.
 */
export type Cluster = {
  lon: number
  lat: number
  counts: GroupCounts
  /** West, south, east, north of the reports in it. */
  extent: [number, number, number, number]
  report: MapReport | null
}

export type MapReport = {
  id: number
  code: string
  group: DeadlineGroup
  /** Of an overdue one, as it is labelled: where it is, and how late. */
  late: (Standing & { place: string }) | null
}

const late = (now: Date) => sql`${isOpenReport} and ${deadlineIs('overdue', now)}`

/**
 * The list within a part of the map, as clusters: the response is as small for a hundred thousand reports as for a
 * thousand. Each is counted once, by its cell and its deadline; what a cluster has of each is put together from that.
 */
export async function mapView(ctx: Context, { queue, box, zoom }: { queue: Queue; box: Box; zoom: number }) {
  const now = ctx.now()
  const grid = gridOf(box, zoom)
  const cases = await casesOf(ctx, { ...queue, box: grid.box })
  const isInSight = sql`${reports.lon} between ${box.west}::float8 and ${box.east}::float8
    and ${reports.lat} between ${box.south}::float8 and ${box.north}::float8`
  const [rows, times] = await Promise.all([
    ctx.db.execute<Row>(sql`
    with parts as (
      select floor(${reports.lon} / ${grid.lon}::float8) as x, floor(${reports.lat} / ${grid.lat}::float8) as y,
        ${deadlineGroupAt(now)} as place, count(*)::int as count, count(*) filter (where ${isInSight})::int as seen,
        min(${reports.id}) as id, sum(${reports.lon}) as lon, sum(${reports.lat}) as lat, min(${reports.lon}) as west,
        min(${reports.lat}) as south, max(${reports.lon}) as east, max(${reports.lat}) as north
      from reports where ${cases} group by 1, 2, 3),
    clusters as (
      select sum(lon) / sum(count) as lon, sum(lat) / sum(count) as lat, min(id) as id, min(west) as west,
        min(south) as south, max(east) as east, max(north) as north, array_agg(place) as places, array_agg(count) as counts,
        array_agg(seen) as seen, sum(count) = 1 as single, min(place) = ${lateAt} as late
      from parts group by x, y)
    select clusters.*, own.* from clusters left join lateral (
      select code, case when late then address end as address, due_at, soon_at, paused_at,
        case when late then ${clockOf(sql`report.id`)} end as clock
      from reports report where single and report.id = clusters.id) own on true`),
    workingTimes(ctx),
  ])
  const clusters = [...rows].map((row): Cluster => {
    const { lon, lat, places, west, south, east, north } = row
    return {
      lon,
      lat,
      counts: groupCounts(places.map((place, i) => [place, row.counts[i] ?? 0])),
      extent: [west, south, east, north],
      report: reportOf(row, times, now),
    }
  })
  return {
    asOf: now,
    /** Exactly those in the requested box; the clusters reach a little further. */
    counts: groupCounts(
      [...rows].flatMap(({ places, seen }) => places.map((place, i) => [place, seen[i] ?? 0] as const)),
    ),
    clusters,
  }
}

const lateAt = sql.raw(String(deadlineGroups.indexOf('overdue')))

function reportOf(row: Row, times: OfficeTimes, now: Date): MapReport | null {
  const { id, code, address, places } = row
  const group = deadlineGroups[places[0] ?? -1]
  if (code === null || !group) return null
  if (address === null) return { id: Number(id), code, group, late: null }
  const { kind, minutes, minutesPerDay } = deadlineOfRow(row, times, now)
  return { id: Number(id), code, group, late: { kind, minutes, minutesPerDay, place: shortAddress(address) } }
}

type Row = {
  lon: number
  lat: number
  id: number
  west: number
  south: number
  east: number
  north: number
  /** Three lists in the same order: the groups, their counts, and how many reports of each are in sight. */
  places: number[]
  counts: number[]
  seen: number[]
  code: string | null
  address: string | null
} & Pick<PageRow, 'due_at' | 'soon_at' | 'paused_at' | 'clock'>

/** The whole list by communes, with how many reports have a place on the map, and their extent. */
export async function mapSummary(ctx: Context, queue: Queue) {
  const now = ctx.now()
  const cases = await casesOf(ctx, queue)
  const rows = await ctx.db.execute<AreaRow>(sql`
    with counted as (
      select ${reports.areaId} as id, count(*)::int as count, count(${reports.lon})::int as placed,
        count(*) filter (where ${isOpenReport})::int as open, count(*) filter (where ${late(now)})::int as overdue,
        min(${reports.lon}) as west, min(${reports.lat}) as south, max(${reports.lon}) as east, max(${reports.lat}) as north
      from reports where ${cases} group by ${reports.areaId})
    select counted.*, areas.short_name as name from counted left join areas on areas.id = counted.id
    order by counted.count desc, areas.short_name collate "vi-x-icu"`)
  const areas = [...rows].map(({ west, south, east, north, ...area }) => ({
    ...area,
    extent: west === null ? null : ([west, south ?? 0, east ?? 0, north ?? 0] as const),
  }))
  const sum = (key: 'count' | 'placed') => areas.reduce((all, area) => all + area[key], 0)
  return { asOf: now, total: sum('count'), placed: sum('placed'), areas }
}
export type MapSummary = Awaited<ReturnType<typeof mapSummary>>
export type MapArea = MapSummary['areas'][number]

type AreaRow = {
  id: number | null
  name: string | null
  count: number
  placed: number
  open: number
  overdue: number
  west: number | null
  south: number | null
  east: number | null
  north: number | null
}

/** A page of the list within a part of the map, in the list's own order, with the place of each of its reports. */
export async function mapList(
  ctx: Context,
  { queue, box, cursor }: { queue: Queue; box: Box; cursor?: QueueCursor | null | undefined },
) {
  const page = await queuePage(ctx, { queue: { ...queue, box }, cursor })
  const ids = page.rows.map(({ id }) => id)
  const places =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ id: reports.id, lon: reports.lon, lat: reports.lat })
          .from(reports)
          .where(inArray(reports.id, ids))
  return { ...page, places: places.map(({ id, lon, lat }) => ({ id, lon: lon ?? 0, lat: lat ?? 0 })) }
}
export type MapListPage = Awaited<ReturnType<typeof mapList>>
