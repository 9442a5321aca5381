import { sql } from 'drizzle-orm'
import { bigint, check, date, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { apiClients } from './api-clients.ts'
import { instant } from './columns.ts'

/** Usage of the citizens' app as it reports it. The desk cannot count it and does not estimate it. */
export const usageDays = pgTable(
  'usage_days',
  {
    clientId: uuid('client_id')
      .notNull()
      .references(() => apiClients.id),
    day: date().notNull(),
    /** All accounts at the end of the day. */
    accounts: bigint({ mode: 'number' }).notNull(),
    /** Visits on the day. */
    visits: bigint({ mode: 'number' }).notNull(),
    reportedAt: instant('reported_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.clientId, table.day] }),
    check('usage_days_counts', sql`${table.accounts} >= 0 and ${table.visits} >= 0`),
  ],
)
