import { sql } from 'drizzle-orm'
import { type AnyPgColumn, boolean, check, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { severities } from '#server/reports/rules/lifecycle.ts'
import { agencies } from './agencies.ts'
import { oneOf } from './columns.ts'

/** Two levels; deadlines and routing are set on the leaves. Minutes are working minutes. */
export const categories = pgTable(
  'categories',
  {
    code: text().primaryKey(),
    parentCode: text('parent_code').references((): AnyPgColumn => categories.code),
    name: text().notNull(),
    nameEn: text('name_en').notNull(),
    defaultSeverity: text('default_severity', { enum: severities }).notNull().default('normal'),
    intakeMinutes: integer('intake_minutes').notNull().default(480),
    normalMinutes: integer('normal_minutes').notNull().default(2400),
    urgentMinutes: integer('urgent_minutes').notNull().default(240),
    /** Null: twice the normal limit. */
    complexMinutes: integer('complex_minutes'),
    /** Null: the People's Committee of the report's place. */
    leadAgencyId: text('lead_agency_id').references(() => agencies.id),
    coordinating: text().array().notNull().default(sql`'{}'`),
    needsApproval: boolean('needs_approval').notNull().default(true),
    needsPhoto: boolean('needs_photo').notNull().default(false),
    isStorm: boolean('is_storm').notNull().default(false),
    isPublic: boolean('is_public').notNull().default(true),
    keywords: text().array().notNull().default(sql`'{}'`),
    /**
     * Escalation times in working days: after the due instant the head of the agency is notified, then the city; and
     * after how many days without work a report counts as forgotten.
     */
    headAfterDays: integer('head_after_days').notNull().default(1),
    cityAfterDays: integer('city_after_days').notNull().default(3),
    forgottenAfterDays: integer('forgotten_after_days').notNull().default(2),
    isActive: boolean('is_active').notNull().default(true),
    version: integer().notNull().default(1),
  },
  (table) => [
    check('categories_severity', oneOf(table.defaultSeverity, severities)),
    check(
      'categories_minutes',
      sql`${table.intakeMinutes} > 0 and ${table.normalMinutes} > 0 and ${table.urgentMinutes} > 0 and coalesce(${table.complexMinutes}, 1) > 0`,
    ),
    check(
      'categories_reminders',
      sql`${table.headAfterDays} >= 1 and ${table.cityAfterDays} > ${table.headAfterDays} and ${table.cityAfterDays} <= 30 and ${table.forgottenAfterDays} between 1 and 30`,
    ),
  ],
)
