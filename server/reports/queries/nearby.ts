import { and, eq, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import { visibleTo } from './scope.ts'

export const nearbyLimits = { metres: 150, hours: 72, most: 5 } as const

export type NearbyReport = {
  id: number
  code: string
  title: string
  state: ReportState
  categoryName: string
  categoryNameEn: string
  metres: number
  receivedAt: Date
  mergedCount: number
}

/** A degree of latitude, and of longitude on Hanoi's latitude. */
const metresPerDegree = { lat: 110_700, lon: 103_900 }

/**
 * Reports that may be about the same matter: same family of categories, close by, about the same time; the likeliest
 * first. Asked for beside the report and not with it, so that opening a report never waits for it.
 */
export async function nearbyReports(ctx: Context, reportId: number): Promise<NearbyReport[]> {
  const { db, actor } = ctx
  const [report] = await db
    .select({ lon: reports.lon, lat: reports.lat, receivedAt: reports.receivedAt, categoryCode: reports.categoryCode })
    .from(reports)
    .where(and(eq(reports.id, reportId), visibleTo(actor)))
  if (!report) throw new DomainError('not_found')
  const { lon, lat, receivedAt, categoryCode } = report
  if (lon === null || lat === null) return []
  const { metres, hours, most } = nearbyLimits
  const [east, north] = [metres / metresPerDegree.lon, metres / metresPerDegree.lat]
  const span = hours * 3_600_000
  const rows = await db.execute<NearbyReport & { receivedAt: Date }>(sql`
    with close as materialized (
      select ${reports.id}, ${reports.code}, ${reports.title}, ${reports.state}, ${reports.categoryCode},
        ${reports.receivedAt}, ${reports.mergedCount},
        sqrt(((${reports.lon} - ${lon}::float8) * ${metresPerDegree.lon}::float8) ^ 2
          + ((${reports.lat} - ${lat}::float8) * ${metresPerDegree.lat}::float8) ^ 2) as metres
      from ${reports}
      where ${reports.receivedAt} between ${new Date(receivedAt.getTime() - span)} and ${new Date(receivedAt.getTime() + span)}
        and ${reports.lon} between ${lon - east}::float8 and ${lon + east}::float8
        and ${reports.lat} between ${lat - north}::float8 and ${lat + north}::float8
        and ${reports.id} <> ${reportId} and ${reports.state} not in ('merged', 'rejected') and ${visibleTo(actor)})
    select close.id, close.code, close.title, close.state, round(close.metres)::int as metres,
      close.received_at as "receivedAt", close.merged_count as "mergedCount",
      c.name as "categoryName", c.name_en as "categoryNameEn"
    from close join categories c on c.code = close.category_code
    where close.metres <= ${metres}
      and coalesce(c.parent_code, c.code) = (select coalesce(parent_code, code) from categories where code = ${categoryCode})
    order by close.metres / ${metres}::float8
        + abs(extract(epoch from close.received_at - ${receivedAt}::timestamptz)) / ${hours * 3600}::float8
        + case when c.code = ${categoryCode} then 0 else 0.3 end, close.id
    limit ${most}`)
  return [...rows]
}
