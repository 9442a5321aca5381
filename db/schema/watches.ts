import { bigint, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { instant } from './columns.ts'
import { reports } from './reports.ts'

/** The reports that an account watches: it is notified of what happens to them. */
export const reportWatches = pgTable(
  'report_watches',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    since: instant('since').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.reportId] }),
    index('report_watches_report').on(table.reportId),
  ],
)
