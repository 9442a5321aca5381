import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import { reportStates, severities } from '../rules/lifecycle.ts'
import type { QueueCursor, QueueOrder, QueueSort } from '../rules/queue.ts'

/** One sort key: its expression and the type a cursor's value is read back as. */
type Key = { by: SQL; type: 'timestamptz' | 'bigint' | 'int' | 'text' | 'boolean' }

const id: Key = { by: sql`${reports.id}`, type: 'bigint' }
const due: Key = { by: sql`${reports.dueOrder}`, type: 'timestamptz' }
const received: Key = { by: sql`${reports.receivedAt}`, type: 'timestamptz' }

const place = (column: SQL, values: readonly string[]): Key => ({
  by: sql`array_position(array[${sql.raw(values.map((value) => `'${value}'`).join(', '))}], ${column})`,
  type: 'int',
})
/** In Vietnamese order, whatever the database was made with. */
const name = (subquery: SQL): Key => ({ by: sql`(coalesce((${subquery}), '') collate "vi-x-icu")`, type: 'text' })

/** Each order ends in the id, so that no two rows tie. `match` is the search's own and stands in search.ts. */
const keysBySort: Record<Exclude<QueueSort, 'match'>, Key[]> = {
  due: [due, received, id],
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
  /** The row's own keys as JSON: the cursor, if it is the last. */
  keys: SQL
  /** Only what comes after the row at which a page ended. */
  after: (cursor: QueueCursor | null) => SQL | undefined
}

/** Order, cursor and continuation of one sort, made from one list of keys so that they cannot disagree. */
export function rowOrder({ sort, dir }: QueueOrder, rank?: SQL): RowOrder {
  const keys: Key[] = sort === 'match' ? [{ by: rank ?? sql`0`, type: 'int' }, newest, newestId] : keysBySort[sort]
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

/** Best match first, and among equals the newest: both ascend, so one comparison continues the page. */
const newest: Key = { by: sql`(-extract(epoch from ${reports.receivedAt}) * 1000)::bigint`, type: 'bigint' }
const newestId: Key = { by: sql`(-${reports.id})`, type: 'bigint' }
