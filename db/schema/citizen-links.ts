import { sql } from 'drizzle-orm'
import { bigint, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { instant } from './columns.ts'
import { reports } from './reports.ts'

/**
 * Links by which the reporter opens the page of a report. The token is random, so a plain SHA-256 hash is sufficient. A
 * report may have several links, because each message to the citizen contains a new one.
 */
export const citizenLinks = pgTable(
  'citizen_links',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    hash: text().notNull(),
    createdAt: instant('created_at').notNull(),
    /** The account that created the link by hand; null for a link that was sent in a message. */
    createdById: uuid('created_by_id').references(() => accounts.id),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    unique('citizen_links_hash').on(table.hash),
    index('citizen_links_report').on(table.reportId, table.expiresAt),
    index('citizen_links_expires').on(table.expiresAt),
  ],
)
