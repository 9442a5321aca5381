import { and, type SQL, sql } from 'drizzle-orm'
import type { QueueCursor } from '../rules/queue.ts'
import type { RowOrder } from './queue-order.ts'
import { namesOfPage, type PageRow, pageColumns } from './queue-rows.ts'

export const pageSize = 50
/** Unbounded lists are counted up to this number; beyond, the screen says "1.000+". */
export const countCap = 1000

export type FoundRows = {
  rows: PageRow[]
  total: number
  /** Whether the total stops counting at the cap. */
  capped: boolean
  search: SearchOutcome | null
}

/**
 * How a search found its results: by whole words, by their beginnings, or (`instead`) by similar words. `readAs`: what
 * was typed in Telex, decoded.
 */
export type SearchOutcome = {
  mode: 'code' | 'phone' | 'words' | 'beginnings' | 'mistyped'
  instead: string | null
  readAs: string | null
}

type Page = {
  /** Common table expressions used in `from`. */
  before?: SQL
  from: SQL
  conditions: SQL
  /** Additional columns for each row of the page. */
  beside?: SQL
  order: RowOrder
  cursor: QueueCursor | null
  /** The total: a select of one number, or `rows`, a count of the rows that are sorted. */
  total: SQL | 'rows' | null
}

/** Fifty rows with their names and the total, and one more, which shows that there is a next page: one statement. */
export function pageStatement({ before, from, conditions, beside = sql``, order, cursor, total }: Page): SQL {
  const counted = cursor ? null : total
  // A materialised page is read in the order in which it was made, and names are looked up only for its rows.
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
