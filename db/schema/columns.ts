import { type Column, type SQL, sql } from 'drizzle-orm'
import { customType, timestamp } from 'drizzle-orm/pg-core'

/** An instant, to the millisecond: the precision of a JavaScript `Date`, so that keyset cursors compare exactly. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * Whether a text holds one of the values a rule lists. They stand in the statement itself: a check and a partial index are
 * made of them, and only a query that names them so is served by such an index. Never of values from a request.
 */
export function oneOf(column: Column | SQL, values: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', '))})`
}
