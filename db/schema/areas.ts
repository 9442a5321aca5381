import { sql } from 'drizzle-orm'
import { check, date, doublePrecision, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import type { MultiPolygon, Polygon } from 'geojson'

/** Communes, keyed by official code and validity: codes and names were reused in 2025. */
export const areas = pgTable(
  'areas',
  {
    id: integer().primaryKey().generatedByDefaultAsIdentity(),
    code: text().notNull(),
    name: text().notNull(),
    shortName: text('short_name').notNull(),
    kind: text().notNull(),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
    labelLon: doublePrecision('label_lon').notNull(),
    labelLat: doublePrecision('label_lat').notNull(),
    geometry: jsonb().$type<Polygon | MultiPolygon>().notNull(),
  },
  (table) => [
    unique('areas_code_from').on(table.code, table.validFrom),
    check('areas_valid', sql`${table.validTo} is null or ${table.validTo} >= ${table.validFrom}`),
  ],
)
