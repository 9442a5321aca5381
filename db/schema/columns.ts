import { type Column, type SQL, sql } from 'drizzle-orm'
import { customType, timestamp } from 'drizzle-orm/pg-core'
import { outcomes } from '#server/reports/rules/outcome.ts'

/** An instant, to the millisecond: the precision of a JavaScript `Date`, so that keyset cursors compare exactly. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** An outcome is known, a plan has a day and nothing else has one; the same of where a matter went. */
export const outcomeFits = (table: { outcome: Column; plannedFor: Column; referredTo: Column }): SQL => sql`(
  ${table.outcome} is null or ${oneOf(table.outcome, outcomes)})
  and (coalesce(${table.outcome}, '') = 'planned') = (${table.plannedFor} is not null)
  and (coalesce(${table.outcome}, '') = 'not_ours') = (${table.referredTo} <> '')`

/**
 * Whether a text is one of the values of a rule. The values are literals: check constraints and partial indexes use
 * them, and only a query with the same literals can use such an index. Never pass values of a request.
 */
export function oneOf(column: Column | SQL, values: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', '))})`
}
