import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { incidentKinds } from '#server/incidents/rules/incident.ts'
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
    version: integer().notNull().default(1),
  },
  (table) => [
    check('incidents_kind', oneOf(table.kind, incidentKinds)),
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
