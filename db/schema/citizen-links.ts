import { sql } from 'drizzle-orm'
import { bigint, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { instant } from './columns.ts'
import { reports } from './reports.ts'

/**
 * Links by which the sender of a report opens its page. The token in a link is random, so a plain SHA-256 will do. A
 * report may have several: each message to the citizen carries one of its own.
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
    /** The account that made it by hand; null for one that was sent. */
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
