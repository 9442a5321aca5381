import { type Column, type SQL, sql } from 'drizzle-orm'
import { customType, timestamp } from 'drizzle-orm/pg-core'

/** An instant, to the millisecond: the precision of a JavaScript `Date`, so that keyset cursors compare exactly. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * Whether a text is one of the values of a rule. The values are literals: check constraints and partial indexes use
 * them, and only a query with the same literals can use such an index. Never pass values of a request.
 */
export function oneOf(column: Column | SQL, values: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', '))})`
}
