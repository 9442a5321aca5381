import { bigint, boolean, check, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { doings } from '#server/presence/rules/presence.ts'
import { instant, oneOf } from './columns.ts'

/**
 * Which report each browser tab has open at this moment, written anew every ten seconds. Unlogged, and tied to nothing:
 * after a crash it is empty and fills itself again.
 */
export const presence = pgTable(
  'presence',
  {
    accountId: uuid('account_id').notNull(),
    /** Made up by the browser: it is one tab only together with the account that says so. */
    tabId: uuid('tab_id').notNull(),
    reportId: bigint('report_id', { mode: 'number' }).notNull(),
    doing: text({ enum: doings }).notNull(),
    /** Something was typed and not sent. */
    isUnsaved: boolean('is_unsaved').notNull().default(false),
    isIdle: boolean('is_idle').notNull().default(false),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.tabId] }),
    index('presence_report').on(table.reportId),
    index('presence_seen').on(table.seenAt),
    check('presence_doing', oneOf(table.doing, doings)),
  ],
)
