import { bigint, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { instant } from './columns.ts'
import { reports } from './reports.ts'

/**
 * The reports that an account has put off: they are in none of its lists until then. Whether one has returned earlier
 * follows from the log of the report.
 */
export const reportPutOffs = pgTable(
  'report_put_offs',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    putOffAt: instant('put_off_at').notNull(),
    until: instant('until').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.reportId] }),
    index('report_put_offs_until').on(table.until),
  ],
)
