import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { ageingBounds } from '../rules/ageing.ts'
import type { DataPointCount, NamedAgency } from '../rules/board.ts'
import { type BoundDataPoint, parseDrillDown } from '../rules/data-point.ts'
import { isPartSeen, readingAgencies } from '../rules/part-seen.ts'
import { toldPoint } from '../sheets/told-point.ts'
import { retoldFor } from './as-issued.ts'
import { cityTime } from './city-time.ts'
import { makeFresh } from './freshness.ts'
import { agenciesNamed } from './names.ts'
import { rowsOfDataPoint } from './predicates.ts'
import { run } from './run.ts'

async function rowsIn(ctx: Context, bound: BoundDataPoint) {
  await makeFresh(ctx.db)
  const [time, retold] = await Promise.all([cityTime(ctx), retoldFor(ctx.db, bound.filters)])
  return rowsOfDataPoint(bound, ctx.actor, ageingBounds(bound.asOf, time), retold)
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
  const { from, where, count } = await rowsIn(ctx, bound)
  const part = await partOf(ctx, bound)
  const [row] = await run<Omit<DataPointCount, 'part'>>(
    ctx.db,
    sql`select ${count}::int as count, count(distinct f.report_id)::int as reports from ${from} where ${where}`,
  )
  return { count: 0, reports: 0, ...row, part }
}

/** The agencies whose part the account sees, where the data point covers more than that. */
async function partOf({ db, actor }: Context, { dataPoint, filters }: BoundDataPoint): Promise<NamedAgency[] | null> {
  const isPart = isPartSeen(scopeOf(actor), [filters.agency, dataPoint.by?.agency])
  return isPart ? agenciesNamed(db, readingAgencies(actor)) : null
}

/** How the queue reads data points. */
export const drillDownReader = {
  reports: reportsOfDrillDown,
  partOf: async (ctx: Context, text: string) => {
    const bound = parseDrillDown(text)
    return (bound && (await partOf(ctx, bound))?.map(({ name }) => name)) ?? null
  },
  toldOf: toldPoint,
}
