import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { incidentKinds } from '#server/incidents/rules/incident.ts'
import type { SubType } from '#server/incidents/rules/sub-types.ts'
import { accounts } from './accounts.ts'
import { agencies } from './agencies.ts'
import { areas } from './areas.ts'
import { instant, oneOf } from './columns.ts'

export const incidents = pgTable(
  'incidents',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    name: text().notNull(),
    kind: text({ enum: incidentKinds }).notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at'),
    leadAgencyId: text('lead_agency_id').references(() => agencies.id),
    /** While on, the clocks of its linked urgent reports run day and night. */
    stormMode: boolean('storm_mode').notNull().default(false),
    note: text().notNull().default(''),
    /** What it looks out for in new reports, which are suggested to it; and how its figures are cut. */
    subTypes: text('sub_types').array().$type<SubType[]>().notNull().default(sql`'{}'`),
    keywords: text().array().notNull().default(sql`'{}'`),
    /** Put away by the desk: it looks out for nothing more. */
    closedAt: instant('closed_at'),
    version: integer().notNull().default(1),
  },
  (table) => [
    check('incidents_kind', oneOf(table.kind, incidentKinds)),
    check(
      'incidents_closed',
      sql`${table.closedAt} is null or (${table.endsAt} is not null and not ${table.stormMode})`,
    ),
    check('incidents_span', sql`${table.endsAt} is null or ${table.endsAt} >= ${table.startsAt}`),
  ],
)

/** No row: the incident concerns the whole city. */
export const incidentAreas = pgTable(
  'incident_areas',
  {
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incidents.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => areas.id),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.areaId] }), index('incident_areas_area').on(table.areaId)],
)

/** What staff noted while it went on. Append-only: a trigger refuses update and delete. */
export const incidentNotes = pgTable(
  'incident_notes',
  {
    /** Made by the browser: a retried request finds the note it wrote before. */
    id: uuid().primaryKey(),
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incidents.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => accounts.id),
    body: text().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('incident_notes_incident').on(table.incidentId, table.createdAt)],
)
