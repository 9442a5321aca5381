import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { disclosurePurposes } from '#server/disclosures/rules/disclosure.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'

/**
 * Each look of a civil servant at reporters' personal data. Append-only, as the event log: triggers refuse to change
 * it.
 */
export const disclosures = pgTable(
  'disclosures',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    at: instant('at').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    /** Whose lent role was used; null where it was one of his own. */
    onBehalfOf: uuid('on_behalf_of'),
    sessionId: uuid('session_id'),
    purpose: text({ enum: disclosurePurposes }).notNull(),
    reason: text().notNull(),
    /** The number that was looked for, with all but its last digits hidden. */
    searchedPhone: text('sought'),
    /** How many different persons it concerned. */
    persons: integer().notNull(),
    requestId: text('request_id'),
    ip: text(),
  },
  (table) => [
    index('disclosures_at').on(table.at, table.id),
    index('disclosures_account').on(table.accountId, table.at),
    check('disclosures_purpose', oneOf(table.purpose, disclosurePurposes)),
    check('disclosures_sought', sql`(${table.purpose} = 'phone_search') = (${table.searchedPhone} is not null)`),
  ],
)

/** Whose data was shown: the reporters of these reports, each by its own row. */
export const disclosedReporters = pgTable(
  'disclosed_reporters',
  {
    disclosureId: bigint('disclosure_id', { mode: 'number' })
      .notNull()
      .references(() => disclosures.id),
    reportId: bigint('report_id', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.disclosureId, table.reportId] }),
    index('disclosed_reporters_report').on(table.reportId),
  ],
)
