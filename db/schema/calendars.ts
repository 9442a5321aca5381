import { sql } from 'drizzle-orm'
import { check, date, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { calendarDayKinds } from '#server/calendars/rules/working-time.ts'
import { instant, oneOf } from './columns.ts'

export const calendars = pgTable('calendars', {
  id: text().primaryKey(),
  name: text().notNull(),
  zone: text().notNull().default('Asia/Ho_Chi_Minh'),
  /** Raised by every change to the calendar, its versions or its days: compiled copies compare it. */
  version: integer().notNull().default(1),
})

/**
 * Weekly office hours, valid from a local day to another (inclusive). `weekly`: ISO weekday → [[startMinute,
 * endMinute], …].
 */
export const calendarVersions = pgTable(
  'calendar_versions',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    calendarId: text('calendar_id')
      .notNull()
      .references(() => calendars.id),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
    weekly: jsonb().$type<Record<string, [number, number][]>>().notNull(),
  },
  (table) => [
    unique('calendar_versions_from').on(table.calendarId, table.validFrom),
    check('calendar_versions_valid', sql`${table.validTo} is null or ${table.validTo} >= ${table.validFrom}`),
  ],
)

export const calendarDayStatuses = ['confirmed', 'proposed'] as const

/**
 * A day that differs from the weekly hours. `calendarId` null: for every calendar. Proposed days change no deadline.
 */
export const calendarDays = pgTable(
  'calendar_days',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    calendarId: text('calendar_id').references(() => calendars.id),
    date: date().notNull(),
    kind: text({ enum: calendarDayKinds }).notNull(),
    /** Closed or worked part of the day; null: the whole day. */
    intervals: jsonb().$type<[number, number][]>(),
    name: text().notNull(),
    nameEn: text('name_en').notNull(),
    status: text({ enum: calendarDayStatuses }).notNull(),
    swappedWith: date('swapped_with'),
    source: text().notNull().default(''),
    version: integer().notNull().default(1),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    unique('calendar_days_date').on(table.calendarId, table.date).nullsNotDistinct(),
    check('calendar_days_kind', oneOf(table.kind, calendarDayKinds)),
    check('calendar_days_status', oneOf(table.status, calendarDayStatuses)),
  ],
)
