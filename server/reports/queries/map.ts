import { inArray, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import { type Box, gridOf } from '../rules/map.ts'
import type { Queue, QueueCursor } from '../rules/queue.ts'
import { isOpenReport } from '../states.ts'
import { deadlineIs } from './deadline-sql.ts'
import { casesOf } from './exported-cases.ts'
import { queuePage } from './queue.ts'

/**
 * Reports that are so close to each other that they share a cell of the map; a single report in its cell is shown as
 * itself.
 */
export type Cluster = {
  lon: number
  lat: number
  count: number
  open: number
  overdue: number
  /** West, south, east, north of the reports in it. */
  extent: [number, number, number, number]
  report: { id: number; code: string; title: string; state: ReportState } | null
}

const late = (now: Date) => sql`${isOpenReport} and ${deadlineIs('overdue', now)}`

/**
 * The list within a part of the map, as clusters: the response is as small for a hundred thousand reports as for a
 * thousand.
 */
export async function mapView(ctx: Context, { queue, box, zoom }: { queue: Queue; box: Box; zoom: number }) {
  const now = ctx.now()
  const grid = gridOf(box, zoom)
  const cases = await casesOf(ctx, { ...queue, box: grid.box })
  const isInSight = sql`${reports.lon} between ${box.west}::float8 and ${box.east}::float8
    and ${reports.lat} between ${box.south}::float8 and ${box.north}::float8`
  const rows = await ctx.db.execute<Row>(sql`
    with clusters as (
      select avg(${reports.lon}) as lon, avg(${reports.lat}) as lat, count(*)::int as count,
        count(*) filter (where ${isInSight})::int as seen, count(*) filter (where ${isOpenReport})::int as open,
        count(*) filter (where ${late(now)})::int as overdue, min(${reports.id}) as id,
        min(${reports.lon}) as west, min(${reports.lat}) as south, max(${reports.lon}) as east, max(${reports.lat}) as north
      from reports where ${cases}
      group by floor(${reports.lon} / ${grid.lon}::float8), floor(${reports.lat} / ${grid.lat}::float8))
    select clusters.*, own.code, own.title, own.state
    from clusters left join reports own on clusters.count = 1 and own.id = clusters.id`)
  const clusters = [...rows].map(
    ({ lon, lat, count, open, overdue, west, south, east, north, id, code, title, state }): Cluster => ({
      lon,
      lat,
      count,
      open,
      overdue,
      extent: [west, south, east, north],
      report: code !== null && title !== null && state !== null ? { id: Number(id), code, title, state } : null,
    }),
  )
  return {
    asOf: now,
    /** Exactly those in the requested box; the clusters reach a little further. */
    count: rows.reduce((sum, { seen }) => sum + seen, 0),
    clusters,
  }
}

type Row = {
  lon: number
  lat: number
  count: number
  seen: number
  open: number
  overdue: number
  id: number
  west: number
  south: number
  east: number
  north: number
  code: string | null
  title: string | null
  state: ReportState | null
}

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
