import { sql } from 'drizzle-orm'
import { check, date, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { riskActionKinds } from '#server/insights/rules/risk-actions.ts'
import { ownedRisks } from '#server/notifications/rules/risks.ts'
import { accounts } from './accounts.ts'
import { agencies } from './agencies.ts'
import { areas } from './areas.ts'
import { categories } from './categories.ts'
import { instant, oneOf } from './columns.ts'

/**
 * What leaders did about a risk of the page of today: whom they reminded of it, and asked to explain it.
 * Append-only: triggers refuse changes.
 */
export const riskActions = pgTable(
  'risk_actions',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    action: text({ enum: riskActionKinds }).notNull(),
    /** A risk has no row of its own: this is the same all day. */
    risk: text().notNull(),
    kind: text({ enum: ownedRisks }).notNull(),
    /** The owner. */
    agencyId: text('agency_id')
      .notNull()
      .references(() => agencies.id),
    /** What and where, of many reports at one place. */
    categoryCode: text('category_code').references(() => categories.code),
    areaId: integer('area_id').references(() => areas.id),
    /** How many the owner had then, and the address that opens these. */
    count: integer().notNull(),
    address: text().notNull(),
    byId: uuid('by_id')
      .notNull()
      .references(() => accounts.id),
    at: instant('at').notNull(),
    day: date({ mode: 'string' }).notNull().generatedAlwaysAs(sql`((at at time zone 'Asia/Ho_Chi_Minh')::date)`),
  },
  (table) => [
    uniqueIndex('risk_actions_reminded_once')
      .on(table.day, table.agencyId, table.risk, table.byId)
      .where(sql`${table.action} = 'remind'`),
    uniqueIndex('risk_actions_asked_once')
      .on(table.day, table.agencyId, table.risk, table.byId)
      .where(sql`${table.action} = 'explain'`),
    check('risk_actions_action', oneOf(table.action, riskActionKinds)),
    check('risk_actions_kind', oneOf(table.kind, ownedRisks)),
    check('risk_actions_place', sql`(${table.kind} = 'surge') = (${table.categoryCode} is not null)`),
    check('risk_actions_area', sql`${table.kind} = 'surge' or ${table.areaId} is null`),
    check('risk_actions_count', sql`${table.count} > 0`),
    check('risk_actions_address', sql`${table.address} like '/reports?%' and length(${table.address}) <= 2000`),
  ],
)
