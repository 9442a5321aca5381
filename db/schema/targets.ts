import { sql } from 'drizzle-orm'
import { check, date, doublePrecision, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { targetKpis } from '#server/insights/rules/target.ts'
import { agencies } from './agencies.ts'
import { oneOf } from './columns.ts'

/**
 * Targets by agency and from a day on: a new target is a new row, so that past periods keep theirs.
 */
export const targets = pgTable(
  'targets',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    kpi: text({ enum: targetKpis }).notNull(),
    /** Null: the whole city. */
    agencyId: text('agency_id').references(() => agencies.id),
    validFrom: date('valid_from').notNull(),
    /** A share (of 1), minutes or a count; null ends the target. */
    value: doublePrecision(),
    band: doublePrecision(),
    version: integer().notNull().default(1),
  },
  (table) => [
    unique('targets_once').on(table.kpi, table.agencyId, table.validFrom).nullsNotDistinct(),
    check('targets_kpi', oneOf(table.kpi, targetKpis)),
    check('targets_value', sql`${table.value} >= 0 and ${table.band} >= 0`),
  ],
)
