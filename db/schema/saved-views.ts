import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { type SavedLayout, viewAudiences, viewRoles } from '#server/reports/rules/saved-views.ts'
import { accounts } from './accounts.ts'
import { agencies } from './agencies.ts'
import { instant, oneOf } from './columns.ts'

/**
 * A queue saved under a name: filters, order and columns. It shows each reader only the reports in their own scope.
 */
export const savedViews = pgTable(
  'saved_views',
  {
    id: uuid().primaryKey(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => accounts.id),
    name: text().notNull(),
    audience: text({ enum: viewAudiences }).notNull(),
    /** With whom it is shared: an agency with those below it, or every holder of a role. */
    agencyId: text('agency_id').references(() => agencies.id),
    role: text({ enum: viewRoles }),
    /** The queue as in the address bar. */
    address: text().notNull(),
    layout: jsonb().$type<SavedLayout>(),
    version: integer().notNull().default(1),
    savedAt: instant('saved_at').notNull(),
  },
  (table) => [
    index('saved_views_owner').on(table.ownerId),
    index('saved_views_shared').on(table.audience).where(sql`${table.audience} <> 'mine'`),
    check('saved_views_audience', oneOf(table.audience, viewAudiences)),
    check('saved_views_agency', sql`(${table.audience} = 'agency') = (${table.agencyId} is not null)`),
    check('saved_views_role', sql`(${table.audience} = 'role') = (${table.role} is not null)`),
  ],
)

/** The saved views that an account has pinned beside its queue, in its own order. */
export const savedViewPins = pgTable(
  'saved_view_pins',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    viewId: uuid('view_id')
      .notNull()
      .references(() => savedViews.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.viewId] })],
)
