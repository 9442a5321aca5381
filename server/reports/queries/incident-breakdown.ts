import { and, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm'
import { areas, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { type SubType, subTypeOf } from '#server/incidents/rules/sub-types.ts'
import { openStates } from '../rules/lifecycle.ts'
import { deadlineGroups } from '../rules/map.ts'
import { deadlineGroupAt } from './deadline-sql.ts'
import { visibleTo } from './scope.ts'

export type BreakdownCell = {
  subType: SubType | 'other'
  areaId: number | null
  area: string | null
  reports: number
  open: number
}

/** The reports of an incident by sub-type and area, duplicates left out, as far as the reader may see them. */
export async function incidentBreakdown(ctx: Context, incidentId: string): Promise<BreakdownCell[]> {
  const rows = await ctx.db
    .select({
      categoryCode: reports.categoryCode,
      areaId: reports.areaId,
      area: areas.name,
      reports: sql<number>`count(*)`.mapWith(Number),
      open: sql<number>`count(*) filter (where ${inArray(reports.state, [...openStates])})`.mapWith(Number),
    })
    .from(reports)
    .leftJoin(areas, eq(areas.id, reports.areaId))
    .where(and(eq(reports.incidentId, incidentId), ne(reports.state, 'merged'), visibleTo(ctx.actor)))
    .groupBy(reports.categoryCode, reports.areaId, areas.name)
  const cells = new Map<string, BreakdownCell>()
  for (const { categoryCode, ...row } of rows) {
    const subType = subTypeOf(categoryCode) ?? 'other'
    const key = `${subType} ${row.areaId}`
    const known = cells.get(key)
    if (known) {
      known.reports += row.reports
      known.open += row.open
    } else cells.set(key, { ...row, subType })
  }
  return [...cells.values()]
}

const mostPoints = 3000

/** Where the incident's reports are, for the map; the most pressing first, in case there are too many. */
export async function incidentPoints(ctx: Context, incidentId: string) {
  const place = sql<number>`${deadlineGroupAt(ctx.now())}`
  const rows = await ctx.db
    .select({ code: reports.code, title: reports.title, place, lon: reports.lon, lat: reports.lat })
    .from(reports)
    .where(
      and(
        eq(reports.incidentId, incidentId),
        ne(reports.state, 'merged'),
        isNotNull(reports.lon),
        visibleTo(ctx.actor),
      ),
    )
    .orderBy(place, reports.receivedAt)
    .limit(mostPoints)
  return rows.map(({ place: at, ...point }) => ({ ...point, group: deadlineGroups[at] ?? 'none' }))
}
export type IncidentPoint = Awaited<ReturnType<typeof incidentPoints>>[number]
