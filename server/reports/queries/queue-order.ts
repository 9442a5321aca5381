import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import { reportStates, severities } from '../rules/lifecycle.ts'
import type { QueueCursor, QueueOrder, QueueSort, SortDirection } from '../rules/queue.ts'

/** One sort key: its expression and the type a cursor's value is read back as. */
type Key = { by: SQL; type: 'timestamptz' | 'bigint' | 'int' | 'text' | 'boolean' }

const id: Key = { by: sql`${reports.id}`, type: 'bigint' }
const due: Key = { by: sql`${reports.dueOrder}`, type: 'timestamptz' }
const received: Key = { by: sql`${reports.receivedAt}`, type: 'timestamptz' }

const place = (column: SQL, values: readonly string[]): Key => ({
  by: sql`array_position(array[${sql.raw(values.map((value) => `'${value}'`).join(', '))}], ${column})`,
  type: 'int',
})
/** In Vietnamese order, whatever the collation of the database is. */
const name = (subquery: SQL): Key => ({ by: sql`(coalesce((${subquery}), '') collate "vi-x-icu")`, type: 'text' })

/** The sort orders for every list. How well a report matches is known only in a search. */
type PlainSort = Exclude<QueueSort, 'match'>
type PlainOrder = { sort: PlainSort; dir: SortDirection }

/** Each order ends with the id, so that no two rows are equal. */
const keysBySort: Record<PlainSort, Key[]> = {
  // Complex is no less pressing than normal: only what is urgent comes first.
  urgency: [{ by: sql`(${reports.severity} <> 'urgent')`, type: 'boolean' }, due, received, id],
  due: [due, received, id],
  committed: [{ by: sql`${reports.commitmentDueAt}`, type: 'timestamptz' }, id],
  received: [received, id],
  activity: [{ by: sql`${reports.lastActivityAt}`, type: 'timestamptz' }, id],
  code: [id],
  category: [name(sql`select name from categories where code = ${reports.categoryCode}`), id],
  area: [
    { by: sql`(${reports.areaId} is null)`, type: 'boolean' },
    name(sql`select short_name from areas where areas.id = ${reports.areaId}`),
    id,
  ],
  agency: [
    { by: sql`(${reports.agencyId} is null)`, type: 'boolean' },
    name(sql`select short_name from agencies where agencies.id = ${reports.agencyId}`),
    id,
  ],
  state: [place(sql`${reports.state}`, reportStates), due, received, id],
  severity: [place(sql`${reports.severity}`, severities), due, received, id],
  merged: [{ by: sql`${reports.mergedCount} + ${reports.linkedCount}`, type: 'int' }, id],
  transfers: [{ by: sql`${reports.transferCount}`, type: 'int' }, id],
}

export type RowOrder = {
  orderBy: SQL
  /** The row's own keys as JSON: the cursor, if it is the last row. */
  keys: SQL
  /** Only the rows after the one at which a page ended. */
  after: (cursor: QueueCursor | null) => SQL | undefined
}

/** `first`: a condition of the rows that come before all others. */
export function rowOrder({ sort, dir }: PlainOrder, first?: SQL): RowOrder {
  const keys = keysBySort[sort]
  const order = orderBy(first ? [inFront(first, dir), ...keys] : keys, dir)
  // Between two pages the first of such rows may have come, or the last may have gone.
  const asNow = (cursor: QueueCursor): QueueCursor => {
    if (first && cursor.length === keys.length) return [dir === 'asc', ...cursor]
    return !first && cursor.length === keys.length + 1 ? cursor.slice(1) : cursor
  }
  return { ...order, after: (cursor) => order.after(cursor && asNow(cursor)) }
}

/** All keys of an order run in one direction: false sorts before true. */
const inFront = (first: SQL, dir: SortDirection): Key => ({
  by: dir === 'asc' ? sql`(not ${first})` : sql`(${first})`,
  type: 'boolean',
})

/** The order of a search, whose rows may be sorted by rank. */
export const matchOrder = ({ sort, dir }: QueueOrder, rank: SQL): RowOrder =>
  sort === 'match' ? orderBy([{ by: rank, type: 'int' }, newest, newestId], dir) : rowOrder({ sort, dir })

/**
 * The best match only matters for the first page: where a list is exported as a whole, the newest come first instead.
 */
export const wholeOrder = ({ sort, dir }: QueueOrder): RowOrder =>
  rowOrder(sort === 'match' ? { sort: 'received', dir: 'desc' } : { sort, dir })

/** Order, cursor and continuation of one sort, made from one list of keys so that they always agree. */
function orderBy(keys: readonly Key[], dir: SortDirection): RowOrder {
  const direction = sql.raw(dir)
  return {
    orderBy: sql.join(
      keys.map(({ by }) => sql`${by} ${direction}`),
      sql`, `,
    ),
    keys: sql`jsonb_build_array(${sql.join(
      keys.map(({ by }) => by),
      sql`, `,
    )})`,
    after: (cursor) => {
      if (!cursor || cursor.length !== keys.length) return undefined
      const values = keys.map(({ type }, i) => sql`${String(cursor[i])}::text::${sql.raw(type)}`)
      const left = sql.join(
        keys.map(({ by }) => by),
        sql`, `,
      )
      return sql`(${left}) ${sql.raw(dir === 'asc' ? '>' : '<')} (${sql.join(values, sql`, `)})`
    },
  }
}

/** Best match first, and among equals the newest: both keys ascend, so one comparison continues the page. */
const newest: Key = { by: sql`(-extract(epoch from ${reports.receivedAt}) * 1000)::bigint`, type: 'bigint' }
const newestId: Key = { by: sql`(-${reports.id})`, type: 'bigint' }
