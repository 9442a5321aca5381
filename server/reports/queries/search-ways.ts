import { and, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import type { QueueCursor } from '../rules/queue.ts'
import type { RowOrder } from './queue-order.ts'
import { pageSize, pageStatement } from './queue-page.ts'
import type { PageRow } from './queue-rows.ts'
import { noteHits, reportHits, saidBeside } from './search-hits.ts'

/**
 * `matches` takes all matches and then checks which are in scope; `scope` goes through the scope and checks the words
 * of each report and its notes; `walk` goes through the scope in order and stops as soon as the page is full. All three
 * find the same reports.
 */
export type SearchWay = 'matches' | 'scope' | 'walk'

/**
 * A query that is faster than the whole query and finds its results plus a few others; it is not used where it finds
 * more than `most`.
 */
export type Rarest = { query: string; most: number }

/** `without`: a query for a subset that an earlier step returned. Never together with `rarest`. */
type WordSource =
  | { query: string; without?: string; rarest?: never }
  | { query: string; without?: never; rarest?: Rarest | null }

export type SearchStep = {
  source: WordSource | { ids: SQL }
  way: SearchWay
  /** Queries that rank a match, the best first. */
  ranks: readonly string[]
  order: RowOrder
}

/**
 * The number of reports after which a walk is given up in favour of `matches`: the planner had expected too many
 * matches.
 */
const walkLength = 60_000

export async function stepRows(
  ctx: Context,
  conditions: SQL,
  step: SearchStep,
  cursor: QueueCursor | null,
): Promise<PageRow[]> {
  const rows = await ctx.db.execute<PageRow>(stepStatement(ctx.actor, conditions, step, cursor))
  if (step.way !== 'walk' || rows.length > pageSize) return [...rows]
  return [...(await ctx.db.execute<PageRow>(stepStatement(ctx.actor, conditions, { ...step, way: 'matches' }, cursor)))]
}

function stepStatement(
  actor: Actor,
  conditions: SQL,
  { source, way, ranks, order }: SearchStep,
  cursor: QueueCursor | null,
): SQL {
  if ('ids' in source || way === 'matches') {
    return pageStatement({
      before:
        'ids' in source
          ? sql`matches as materialized (select id as report_id, 0 as rank from (${source.ids}) found(id))`
          : matchesOf(actor, source, ranks),
      from: sql`matches join reports on reports.id = matches.report_id`,
      conditions,
      ...('ids' in source ? {} : { beside: saidBeside(actor, source.query) }),
      order,
      cursor,
      total: 'rows',
    })
  }
  // `offset 0` keeps the planner from turning the check of each report into a join.
  const wanted = { ranks, without: source.without, of: sql`${reports.id}` }
  const hits = sql`${rankedReports(source.query, wanted)} union all ${rankedNotes(actor, source.query, wanted)}`
  const probe = sql`cross join lateral (select min(rank) as rank from (${hits}) hits
    having count(*) > 0 and ${isLeft(source)} offset 0) matches`
  const beside = saidBeside(actor, source.query)
  if (way === 'scope')
    return pageStatement({ from: sql`reports ${probe}`, conditions, beside, order, cursor, total: 'rows' })
  const walked = sql`(select * from reports where ${and(conditions, order.after(cursor))}
    order by ${order.orderBy} limit ${sql.raw(String(walkLength))}) reports`
  return pageStatement({ from: sql`${walked} ${probe}`, conditions: sql`true`, beside, order, cursor, total: null })
}

type Ranked = { ranks: readonly string[]; without: string | undefined; of?: SQL }

/** The rank of each hit, and whether an earlier step returned its report. */
const rankedReports = (query: string, { ranks, without, of }: Ranked): SQL =>
  reportHits(query, { columns: sql`, ${rankOf(ranks)} as rank${givenBy(without)}`, of })

/** A match in a note ranks last. */
const rankedNotes = (actor: Actor, query: string, { ranks, without, of }: Ranked): SQL =>
  noteHits(actor, query, { columns: sql`, ${sql.raw(String(ranks.length))} as rank${givenBy(without)}`, of })

const givenBy = (without: string | undefined): SQL =>
  without === undefined ? sql`` : sql`, words @@ ${without}::tsquery as given`
const isLeft = ({ without }: WordSource): SQL => (without === undefined ? sql`true` : sql`not bool_or(given)`)

function matchesOf(actor: Actor, source: WordSource, ranks: readonly string[]): SQL {
  const { query, without, rarest } = source
  const reports = rankedReports(query, { ranks, without })
  const hits = rarest
    ? sql`select report_id, rank from candidates where fits and ${isFew(rarest)} union all ${reports} and not ${isFew(rarest)}`
    : reports
  const matches = sql`matches as materialized (
      select report_id, min(rank) as rank from (${hits} union all ${rankedNotes(actor, query, { ranks, without })}) hits
      group by report_id having ${isLeft(source)})`
  if (!rarest) return matches
  // `is true` keeps the planner from using the index for the whole query too. Which of the two branches returns rows is
  // known before either runs.
  return sql`candidates as materialized (
      select report_id, (words @@ ${query}::tsquery) is true as fits, ${rankOf(ranks)} as rank from report_search
      where words @@ ${rarest.query}::tsquery limit ${rarest.most + 1}::int), ${matches}`
}

const isFew = ({ most }: Rarest): SQL => sql`(select count(*) from candidates) <= ${most}::int`

function rankOf(ranks: readonly string[]): SQL {
  if (ranks.length === 0) return sql`0`
  const cases = ranks.map((query, i) => sql`when words @@ ${query}::tsquery then ${sql.raw(String(i))}`)
  return sql`case ${sql.join(cases, sql` `)} else ${sql.raw(String(ranks.length))} end`
}

/** The number of rows that the planner expects of a select, from its statistics alone. */
export async function rowsExpected(db: Connection, select: SQL): Promise<number> {
  const [row] = await db.execute<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql`explain (format json) ${select}`,
  )
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}
