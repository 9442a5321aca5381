import { type SQL, sql } from 'drizzle-orm'
import { runPrepared } from '#db/prepared.ts'
import type { Context } from '#server/accounts/context.ts'
import { isFiltered, isOpenOnly, orderOf, type Queue, type QueueCursor } from '../rules/queue.ts'
import { type ParsedQuery, parseSearchQuery } from '../rules/search.ts'
import { type PutOffs, returnedFirst } from './put-offs.ts'
import { conditionsOf } from './queue-conditions.ts'
import { type Knowing, lookedUp } from './queue-lookup.ts'
import { type RowOrder, rowOrder } from './queue-order.ts'
import { countCap, type FoundRows, pageSize, pageStatement } from './queue-page.ts'
import { type PageRow, queueRow } from './queue-rows.ts'
import { searchRows } from './search.ts'
import { openTimeOf, workingTimes } from './working-times.ts'

export type QueuePage = Awaited<ReturnType<typeof queuePage>>

/** One page of the queue in one round trip: rows, and on the first page the total. */
export async function queuePage(
  ctx: Context,
  { queue, cursor = null }: { queue: Queue; cursor?: QueueCursor | null | undefined },
) {
  const parsedQuery = parseSearchQuery(queue.words)
  const { ctx: asking, putOffs } = await lookedUp(ctx, queue)
  const now = asking.now()
  const [found, times] = await Promise.all([
    foundRows(asking, queue, { parsedQuery, cursor, putOffs }),
    workingTimes(ctx),
  ])
  const rows = found.rows.slice(0, pageSize)
  const total = cursor ? null : found.total
  return {
    asOf: now,
    rows: rows.map((row) => queueRow(row, { times, now, parsedQuery, putOffs })),
    nextCursor: found.rows.length > pageSize ? (rows.at(-1)?.keys ?? null) : null,
    /** Only on the first page; exact for open reports, otherwise up to the cap and one more. */
    total: total === null ? null : { count: total, capped: found.capped && total > countCap },
    search: found.search,
    openTime: openTimeOf(times, now),
  }
}

/** A search text without any word, such as "..." or an emoji, finds nothing instead of everything. */
const nothing: FoundRows = { rows: [], total: 0, capped: false, search: null }

type Asked = { parsedQuery: ParsedQuery | null; cursor: QueueCursor | null; putOffs: PutOffs }

async function foundRows(ctx: Knowing, queue: Queue, { parsedQuery, cursor, putOffs }: Asked): Promise<FoundRows> {
  const { sort, dir } = orderOf(queue)
  if (parsedQuery) return searchRows(ctx, queue, parsedQuery, cursor)
  // Only a search has matches.
  return sort === 'match' || queue.words !== ''
    ? nothing
    : listRows(ctx, queue, rowOrder({ sort, dir }, returnedFirst(putOffs, queue)), { cursor, putOffs })
}

async function listRows(
  ctx: Knowing,
  queue: Queue,
  order: RowOrder,
  { cursor, putOffs }: Omit<Asked, 'parsedQuery'>,
): Promise<FoundRows> {
  const conditions = await conditionsOf(queue, ctx, putOffs)
  // The list behind a data point is counted completely, so that the two numbers agree.
  const capped = !isOpenOnly(queue) && queue.mark === null
  const counted = sql`select 1 from reports where ${conditions}`
  const statement = pageStatement({
    from: sql`reports`,
    conditions,
    order,
    cursor,
    total: capped ? sql`select count(*)::int from (${counted} limit ${countCap + 1}) counted` : countOf(conditions),
  })
  // The plain views are queried all day by everyone, for the whole city or one agency, so they are prepared; other
  // filters combine into too many statements to keep.
  const rows =
    isFiltered({ ...queue, agencies: [] }) || queue.box
      ? [...(await ctx.db.execute<PageRow>(statement))]
      : await runPrepared<PageRow>(ctx.db, statement)
  return { rows, total: rows[0]?.total ?? 0, capped, search: null }
}

const countOf = (conditions: SQL): SQL => sql`select count(*)::int from reports where ${conditions}`
