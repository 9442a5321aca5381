import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { draftKinds } from '#server/reports/rules/draft-kinds.ts'
import { accounts } from './accounts.ts'
import { agencies } from './agencies.ts'
import { instant, oneOf } from './columns.ts'
import { reports } from './reports.ts'

/**
 * An unsent text on a report: private to its writer until shared, deleted once it is sent. `savedAt` distinguishes its
 * versions.
 */
export const reportDrafts = pgTable(
  'report_drafts',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    kind: text({ enum: draftKinds }).notNull(),
    value: jsonb().$type<Record<string, string | string[]>>().notNull(),
    savedAt: instant('saved_at').notNull(),
    /** When it was shared on the report, for the agency that held the report then. */
    sharedAt: instant('shared_at'),
    agencyId: text('agency_id').references(() => agencies.id),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.reportId, table.kind] }),
    index('report_drafts_shared').on(table.reportId).where(sql`${table.sharedAt} is not null`),
    index('report_drafts_saved').on(table.savedAt),
    check('report_drafts_kind', oneOf(table.kind, draftKinds)),
  ],
)
