import { and, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { QueueCursor } from '../rules/queue.ts'
import type { RowOrder } from './queue-order.ts'
import { pageSize, pageStatement } from './queue-page.ts'
import type { PageRow } from './queue-rows.ts'

/**
 * `matches` takes every match and then asks which are in scope; `scope` goes through the scope and asks each report for the
 * words; `walk` goes through the scope in order and stops as soon as the page is full. All three find the same reports.
 */
export type SearchWay = 'matches' | 'scope' | 'walk'

/** A query that finds sooner what the whole query finds, with a few others; where those are more than `most` they are left alone. */
export type Rarest = { query: string; most: number }

export type SearchStep = {
  source: { query: string; rarest?: Rarest | null } | { ids: SQL }
  way: SearchWay
  /** Queries that make a match better, the best first. */
  ranks: readonly string[]
  order: RowOrder
}

/** How far a walk goes before it is given up for the matches themselves: the planner had expected too many. */
const walkLength = 60_000

export async function stepRows(
  ctx: Context,
  conditions: SQL,
  step: SearchStep,
  cursor: QueueCursor | null,
): Promise<PageRow[]> {
  const rows = await ctx.db.execute<PageRow>(stepStatement(conditions, step, cursor))
  if (step.way !== 'walk' || rows.length > pageSize) return [...rows]
  return [...(await ctx.db.execute<PageRow>(stepStatement(conditions, { ...step, way: 'matches' }, cursor)))]
}

function stepStatement(conditions: SQL, { source, way, ranks, order }: SearchStep, cursor: QueueCursor | null): SQL {
  const rank = ranks.length === 0 ? sql`0` : rankOf(ranks)
  if ('ids' in source || way === 'matches') {
    return pageStatement({
      before:
        'ids' in source
          ? sql`matches as materialized (select id as report_id, 0 as rank from (${source.ids}) found(id))`
          : matchesOf(source, rank),
      from: sql`matches join reports on reports.id = matches.report_id`,
      conditions,
      order,
      cursor,
      total: 'rows',
    })
  }
  // `offset 0` keeps the planner from turning the look at each report into a join of its own liking.
  const probe = sql`cross join lateral (select ${rank} as rank from report_search
    where report_search.report_id = ${reports.id} and words @@ ${source.query}::tsquery offset 0) matches`
  if (way === 'scope') return pageStatement({ from: sql`reports ${probe}`, conditions, order, cursor, total: 'rows' })
  const walked = sql`(select * from reports where ${and(conditions, order.after(cursor))}
    order by ${order.orderBy} limit ${sql.raw(String(walkLength))}) reports`
  return pageStatement({ from: sql`${walked} ${probe}`, conditions: sql`true`, order, cursor, total: null })
}

function matchesOf({ query, rarest }: { query: string; rarest?: Rarest | null }, rank: SQL): SQL {
  const matches = sql`select report_id, ${rank} as rank from report_search where words @@ ${query}::tsquery`
  if (!rarest) return sql`matches as materialized (${matches})`
  const isFew = sql`(select count(*) from candidates) <= ${rarest.most}::int`
  // `is true` keeps the index from looking for the whole query too. Which half runs is known before either begins.
  return sql`candidates as materialized (
      select report_id, (words @@ ${query}::tsquery) is true as fits, ${rank} as rank from report_search
      where words @@ ${rarest.query}::tsquery limit ${rarest.most + 1}::int),
    matches as materialized (
      select report_id, rank from candidates where fits and ${isFew} union all ${matches} and not ${isFew})`
}

function rankOf(ranks: readonly string[]): SQL {
  const cases = ranks.map((query, i) => sql`when words @@ ${query}::tsquery then ${sql.raw(String(i))}`)
  return sql`case ${sql.join(cases, sql` `)} else ${sql.raw(String(ranks.length))} end`
}

/** What the planner expects of a select, from its statistics alone. */
export async function rowsExpected(db: Connection, select: SQL): Promise<number> {
  const [row] = await db.execute<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql`explain (format json) ${select}`,
  )
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}
