import { type Column, sql } from 'drizzle-orm'
import { customType, timestamp } from 'drizzle-orm/pg-core'

/** An instant, to the millisecond: the precision of a JavaScript `Date`, so that keyset cursors compare exactly. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** A check that a text column holds one of the values a rule lists. */
export function oneOf(column: Column, values: readonly string[]) {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', '))})`
}
