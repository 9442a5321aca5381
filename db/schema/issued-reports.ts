import { sql } from 'drizzle-orm'
import { check, date, index, jsonb, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { editions } from '#server/insights/rules/mailing.ts'
import { issuedLimits } from '#server/platform/rules/limits.ts'
import { instant, oneOf } from './columns.ts'

/**
 * Reports to the leadership as they were sent by mail: one for each run of a mailing and each scope among its
 * recipients. Append-only: triggers refuse changes, and nothing here refers to rows that may be removed.
 */
export const issuedReports = pgTable(
  'issued_reports',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    mailingId: uuid('mailing_id').notNull(),
    runId: uuid('run_id').notNull(),
    /** The name of the mailing then. */
    name: text().notNull(),
    edition: text({ enum: editions }).notNull(),
    fromDay: date('from_day', { mode: 'string' }).notNull(),
    toDay: date('to_day', { mode: 'string' }).notNull(),
    /** The moment for which it was planned: what its figures were asked for. */
    dueAt: instant('due_at').notNull(),
    issuedAt: instant('issued_at').notNull(),
    /** Whose reports it counts: what these agencies held, sorted; null: the whole city. */
    agencyIds: text('agency_ids').array(),
    locale: text({ enum: ['vi', 'en'] }).notNull(),
    /** The version of the form in which the figures are kept (`server/insights/rules/kept-weekly.ts`). */
    schema: smallint().notNull(),
    figures: jsonb().notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    /** A complete page of HTML for paper. */
    page: text().notNull(),
  },
  (table) => [
    uniqueIndex('issued_reports_once').on(table.runId, sql`coalesce(${table.agencyIds}, '{}')`),
    index('issued_reports_at').on(table.issuedAt, table.id),
    check('issued_reports_edition', oneOf(table.edition, editions)),
    check('issued_reports_agencies', sql`cardinality(${table.agencyIds}) > 0`),
    check(
      'issued_reports_size',
      sql`octet_length(${table.page}) + octet_length(${table.text}) + octet_length(${table.figures}::text)
        <= ${sql.raw(String(issuedLimits.bytes))}`,
    ),
  ],
)
