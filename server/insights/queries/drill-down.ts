import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { ageingBounds } from '../rules/ageing.ts'
import type { DataPointCount } from '../rules/board.ts'
import { type BoundDataPoint, parseDrillDown } from '../rules/data-point.ts'
import { isPartSeen, readingAgencies } from '../rules/part-seen.ts'
import { cityTime } from './city-time.ts'
import { makeFresh } from './freshness.ts'
import { agenciesNamed } from './names.ts'
import { rowsOfDataPoint } from './predicates.ts'
import { run } from './run.ts'

async function rowsIn(ctx: Context, bound: BoundDataPoint) {
  await makeFresh(ctx.db)
  return rowsOfDataPoint(bound, ctx.actor, ageingBounds(bound.asOf, await cityTime(ctx)))
}

/**
 * The ids of the reports that a data point counts, as a condition of the queue; null where the text is no data point.
 */
export async function reportsOfDrillDown(ctx: Context, text: string): Promise<SQL | null> {
  const bound = parseDrillDown(text)
  if (!bound) return null
  const { from, where } = await rowsIn(ctx, bound)
  return sql`select f.report_id from ${from} where ${where}`
}

/** What a data point counts, and in how many reports: a report may have been closed, or promised, more than once. */
export async function countDataPoint(ctx: Context, bound: BoundDataPoint): Promise<DataPointCount> {
  const { from, where, distinct } = await rowsIn(ctx, bound)
  const { agency } = bound.filters
  const isPart = isPartSeen(scopeOf(ctx.actor), [agency, bound.dataPoint.by?.agency])
  const part = isPart ? await agenciesNamed(ctx.db, readingAgencies(ctx.actor)) : null
  const [row] = await run<Omit<DataPointCount, 'part'>>(
    ctx.db,
    sql`select ${distinct ? sql`count(distinct f.report_id)` : sql`count(*)`}::int as count,
        count(distinct f.report_id)::int as reports from ${from} where ${where}`,
  )
  return { count: 0, reports: 0, ...row, part }
}
