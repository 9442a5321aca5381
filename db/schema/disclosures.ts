import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { disclosurePurposes } from '#server/disclosures/rules/disclosure.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'

/**
 * Each disclosure of reporters' personal data to a civil servant. Append-only, like the event log: triggers refuse
 * changes.
 */
export const disclosures = pgTable(
  'disclosures',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    at: instant('at').notNull(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    /** The colleague whose role was used, as substitute; null for an own role. */
    onBehalfOf: uuid('on_behalf_of'),
    sessionId: uuid('session_id'),
    purpose: text({ enum: disclosurePurposes }).notNull(),
    reason: text().notNull(),
    /** The phone number searched for, with all but its last digits hidden. */
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

/** Whose data was shown: the reporters of these reports, one row each. */
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
