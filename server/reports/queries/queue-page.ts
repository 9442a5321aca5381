import { and, type SQL, sql } from 'drizzle-orm'
import type { QueueCursor } from '../rules/queue.ts'
import type { RowOrder } from './queue-order.ts'
import { namesOfPage, type PageRow, pageColumns } from './queue-rows.ts'

export const pageSize = 50
/** Lists without end are counted this far; beyond, the screen says "1.000+". */
export const countCap = 1000

export type FoundRows = {
  rows: PageRow[]
  total: number
  /** Whether the total stops counting at the cap. */
  capped: boolean
  search: SearchOutcome | null
}

/** How a search found what it found: the whole words, their beginnings, or (`instead`) words spelled nearly so. */
export type SearchOutcome = { mode: 'code' | 'phone' | 'words' | 'beginnings' | 'mistyped'; instead: string | null }

type Page = {
  /** Common table expressions that `from` names. */
  before?: SQL
  from: SQL
  conditions: SQL
  /** What is wanted of each row of the page beside its names. */
  beside?: SQL
  order: RowOrder
  cursor: QueueCursor | null
  /** How many there are in all: a select of one number, or a count of the very rows that are sorted. */
  total: SQL | 'rows' | null
}

/** Fifty rows and one more, which tells that there is a next page, with their names and the total: one statement. */
export function pageStatement({ before, from, conditions, beside = sql``, order, cursor, total }: Page): SQL {
  const counted = cursor ? null : total
  // A materialised page is read in the order it was made, so the names are looked up for its rows only.
  return sql`
    with ${before ? sql`${before}, ` : sql``}page as materialized (
      select ${pageColumns}, ${order.keys} as keys${counted === 'rows' ? sql`, count(*) over ()::int as counted` : sql``}
      from ${from} where ${and(conditions, order.after(cursor))}
      order by ${order.orderBy} limit ${sql.raw(String(pageSize + 1))})
    select page.*, ${namesOfPage}${beside}, ${totalOf(counted)} as total from page`
}

function totalOf(counted: Page['total']): SQL {
  if (counted === null) return sql`null::int`
  return counted === 'rows' ? sql`counted` : sql`(${counted})`
}
