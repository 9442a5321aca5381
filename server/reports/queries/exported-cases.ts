import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accounts, agencies, areas, categories, incidents, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Channel, Rating, RejectReason, ReportState, Severity } from '../rules/lifecycle.ts'
import { hidesPutOffs, orderOf, type Queue } from '../rules/queue.ts'
import { parseSearchQuery } from '../rules/search.ts'
import type { PutOffs } from './put-offs.ts'
import { conditionsOf } from './queue-conditions.ts'
import { wholeOrder } from './queue-order.ts'
import { visibleTo } from './scope.ts'
import { type Finding, foundBy } from './search.ts'

/** Rows in memory at a time, however long the list; they are formatted without yielding to other requests. */
const batchSize = 200

export type CaseRow = {
  id: number
  code: string
  title: string
  body: string
  category_code: string
  area_id: number | null
  address: string
  lon: number | null
  lat: number | null
  state: ReportState
  severity: Severity
  channel: Channel
  agency_id: string | null
  assignee_id: string | null
  incident_id: string | null
  tags: string[]
  received_at: Date
  occurred_at: Date | null
  due_at: Date | null
  answered_at: Date | null
  closed_at: Date | null
  reject_reason: RejectReason | null
  rating: Rating | null
  merged_count: number
  linked_count: number
  transfer_count: number
  return_count: number
  reopen_count: number
  photo_count: number
  /** Name, phone, e-mail, address; only where personal data was requested. */
  reporter?: [string | null, string | null, string | null, string | null] | null
}

const columns = sql.join(
  [
    sql`${reports.id}, ${reports.code}, ${reports.title}, ${reports.body}, ${reports.categoryCode}, ${reports.areaId}`,
    sql`${reports.address}, ${reports.lon}, ${reports.lat}, ${reports.state}, ${reports.severity}, ${reports.channel}`,
    sql`${reports.agencyId}, ${reports.assigneeId}, ${reports.incidentId}, ${reports.tags}, ${reports.receivedAt}`,
    sql`${reports.occurredAt}, ${reports.dueAt}, ${reports.answeredAt}, ${reports.closedAt}, ${reports.rejectReason}`,
    sql`${reports.rating}, ${reports.mergedCount}, ${reports.linkedCount}, ${reports.transferCount}`,
    sql`${reports.returnCount}, ${reports.reopenCount}, ${reports.photoCount}`,
  ],
  sql`, `,
)
const reporterOfPage = sql.raw(`, (select jsonb_build_array(r.name, r.phone, r.email, r.address) from reporters r
  where r.report_id = page.id) as reporter`)

/** Exactly the reports of a list, all its pages: the view, its filters, the search, and what the account may see. */
export async function casesOf(ctx: Context, queue: Queue, finding?: Finding, putOffs?: PutOffs): Promise<SQL> {
  const conditions = await conditionsOf(queue, ctx, putOffs)
  if (queue.words === '') return conditions
  const parsedQuery = parseSearchQuery(queue.words)
  return parsedQuery ? foundBy(ctx, parsedQuery, conditions, finding) : sql`false`
}

/** The same for a file: what its reader has put off for themselves is in it too. */
export const casesForFile = (ctx: Context, queue: Queue): Promise<SQL> =>
  casesOf(ctx, queue, undefined, hidesPutOffs(queue) ? new Map() : undefined)

/** The reports with these ids that the account may see. */
export const chosenCases = ({ actor }: Pick<Context, 'actor'>, ids: readonly number[]): SQL =>
  sql`(${reports.id} = any(${`{${ids.join(',')}}`}::bigint[]) and ${visibleTo(actor)})`

export async function countCases(db: Pick<Context['db'], 'execute'>, cases: SQL): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::int as count from reports where ${cases}`)
  return row?.count ?? 0
}

/** Those of the reports that have a reporter, with the agency that holds them. */
export async function namedCases(db: Pick<Context['db'], 'execute'>, cases: SQL) {
  return db.execute<{ id: number; agency_id: string | null }>(sql`select ${reports.id}, ${reports.agencyId} from reports
    where ${cases} and exists (select from reporters r where r.report_id = ${reports.id})`)
}

/**
 * The rows in the order of the list, batch by batch. One statement read through a cursor, not page by page: a figure's
 * predicate is computed once and not for every page, and concurrent writes cannot move a row past the reader. The next
 * batch is fetched only when the last one has been consumed.
 */
export async function* readCases(
  tx: Transaction,
  { queue, cases, withReporters }: { queue: Queue; cases: SQL; withReporters: boolean },
): AsyncGenerator<CaseRow[]> {
  const { orderBy } = wholeOrder(orderOf(queue))
  // The cursor is read to its end: planned for all rows, not for the first ones.
  await tx.execute(sql`set local cursor_tuple_fraction = 1`)
  // Ordered in a subquery, so that reporters are looked up only as rows are fetched.
  await tx.execute(sql`declare cases no scroll cursor for
    select page.*${withReporters ? reporterOfPage : sql``}
    from (select ${columns} from reports where ${cases} order by ${orderBy}) page`)
  for (;;) {
    const rows = [...(await tx.execute<CaseRow>(fetchNext))]
    if (rows.length > 0) yield rows
    if (rows.length < batchSize) return
  }
}

const fetchNext = sql.raw(`fetch ${batchSize} from cases`)

export type CaseNames = Awaited<ReturnType<typeof caseNames>>

/** Names for the ids in the rows: some thousand names, loaded once and not per row. */
export async function caseNames({ db }: Pick<Context, 'db'>) {
  const [categoryRows, areaRows, agencyRows, accountRows, incidentRows] = await Promise.all([
    db.select({ id: categories.code, name: categories.name, nameEn: categories.nameEn }).from(categories),
    db.select({ id: areas.id, name: areas.name }).from(areas),
    db.select({ id: agencies.id, name: agencies.name }).from(agencies),
    db.select({ id: accounts.id, name: accounts.name }).from(accounts),
    db.select({ id: incidents.id, name: incidents.name, nameEn: incidents.nameEn }).from(incidents),
  ])
  return {
    categories: new Map(categoryRows.map((row) => [row.id, row])),
    areas: new Map(areaRows.map(({ id, name }) => [id, name])),
    agencies: new Map(agencyRows.map(({ id, name }) => [id, name])),
    accounts: new Map(accountRows.map(({ id, name }) => [id, name])),
    incidents: new Map(incidentRows.map((row) => [row.id, row])),
  }
}
