import { sql } from 'drizzle-orm'
import { type AnyPgColumn, boolean, check, date, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { calendars } from './calendars.ts'

export const agencies = pgTable(
  'agencies',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    shortName: text('short_name').notNull(),
    /** thanh_pho, so, don_vi, huyen, xa: the level of the administration. */
    level: text().notNull(),
    kind: text().notNull(),
    parentId: text('parent_id').references((): AnyPgColumn => agencies.id),
    validFrom: date('valid_from'),
    validTo: date('valid_to'),
    successorId: text('successor_id').references((): AnyPgColumn => agencies.id),
    /** Official code of the area whose People's Committee this is. */
    areaCode: text('area_code'),
    calendarId: text('calendar_id')
      .notNull()
      .references(() => calendars.id),
    /** Only the assignee may answer a report; a colleague must take it over first. */
    onlyAssigneeAnswers: boolean('only_assignee_answers').notNull().default(false),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    index('agencies_parent').on(table.parentId),
    index('agencies_area_code').on(table.areaCode),
    check(
      'agencies_valid',
      sql`${table.validTo} is null or ${table.validFrom} is null or ${table.validTo} >= ${table.validFrom}`,
    ),
    check('agencies_not_own_parent', sql`${table.parentId} <> ${table.id}`),
  ],
)
