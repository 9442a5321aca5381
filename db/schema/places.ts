import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { placeKinds, placeSources, type StreetLine } from '#server/places/rules/place.ts'
import { areas } from './areas.ts'
import { oneOf } from './columns.ts'
import { reports } from './reports.ts'

const namedKinds = ['street', 'landmark', 'former_area']
const numberedKinds = ['lane', 'house']

/** What an address says of a place on a street: which lanes lead to it, and its number. */
const numbered = () => ({
  kind: text({ enum: placeKinds }).notNull(),
  /** As one writes it. */
  name: text().notNull(),
  /** The folded name without its kind; of lanes and houses, that of their street (`keyOf`). */
  key: text().notNull(),
  /** The numbers of the lanes that lead to it from the street inwards: `12/5`. */
  lanes: text().notNull().default(''),
  /** Of a house; of a lane, the number on the street at which the first one begins. */
  number: integer(),
  letter: text().notNull().default(''),
  lon: doublePrecision().notNull(),
  lat: doublePrecision().notNull(),
  areaId: integer('area_id').references(() => areas.id),
})

/**
 * The gazetteer. From reports it has only names that are in a file, that several reports agree on, or that are called a
 * street (`learnPlaces`): it may still hold what people take for the name of a place.
 */
export const places = pgTable(
  'places',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    source: text({ enum: placeSources }).notNull(),
    /** The file that it is from; empty for what was learned. */
    origin: text().notNull().default(''),
    /** The same row of a file has the same digest: taken in again, it changes nothing. */
    digest: text().notNull(),
    ...numbered(),
    /** Its extent: of a point, the point. */
    west: doublePrecision().notNull(),
    south: doublePrecision().notNull(),
    east: doublePrecision().notNull(),
    north: doublePrecision().notNull(),
    lines: jsonb().$type<StreetLine[]>(),
    /** It reaches about this far from its point. */
    metres: integer().notNull(),
    /** The reports that agree on it; 1 for a row of a file. */
    weight: integer().notNull().default(1),
  },
  (table) => [
    unique('places_row').on(table.origin, table.digest),
    index('places_key').on(table.key).where(oneOf(table.kind, namedKinds)),
    index('places_number').on(table.key, table.lanes, table.number).where(oneOf(table.kind, numberedKinds)),
    // Names that are misspelt.
    index('places_like')
      .using('gin', table.key.op('gin_trgm_ops'))
      .where(oneOf(table.kind, ['street', 'landmark'])),
    // Streets beside a point.
    index('places_extent')
      .using('gist', sql`box(point(${table.west}, ${table.south}), point(${table.east}, ${table.north}))`)
      .where(oneOf(table.kind, ['street', 'lane'])),
    check('places_kind', oneOf(table.kind, placeKinds)),
    check('places_source', oneOf(table.source, placeSources)),
    check('places_learned', sql`(${table.source} = 'learned') = (${table.origin} = '')`),
    check('places_numbered', sql`${oneOf(table.kind, numberedKinds)} = (${table.number} is not null)`),
    check('places_lane', sql`${table.kind} <> 'lane' or ${table.lanes} <> ''`),
    check('places_named', sql`length(${table.key}) between 1 and 100 and length(${table.name}) between 1 and 200`),
    check(
      'places_point',
      sql`${table.lon} between -180 and 180 and ${table.lat} between -90 and 90
        and ${table.west} <= ${table.east} and ${table.south} <= ${table.north}`,
    ),
    check('places_measured', sql`${table.metres} >= 0 and ${table.weight} > 0`),
  ],
)

/**
 * The place that the address of a report names, with the point of the report: what places are learned from. What stands
 * for a name may be that of a person, as in "12 Nguyễn Thị Hoa". It is deleted with the report, and a trigger has what
 * was learned from it summed up again (`renew_places`).
 */
export const placeReadings = pgTable(
  'place_readings',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    ...numbered(),
  },
  (table) => [
    primaryKey({ columns: [table.reportId] }),
    index('place_readings_place').on(table.key, table.areaId, table.kind, table.lanes, table.number, table.letter),
    check('place_readings_kind', oneOf(table.kind, placeKinds)),
    check(
      'place_readings_named',
      sql`length(${table.key}) between 1 and 100 and length(${table.name}) between 1 and 200`,
    ),
  ],
)

/** Streets of a commune of which more or less is known now: a job sums their readings up again. 0: no commune. */
export const placeRenewals = pgTable(
  'place_renewals',
  { key: text().notNull(), areaId: integer('area_id').notNull() },
  (table) => [primaryKey({ columns: [table.key, table.areaId] })],
)

/** Reports whose address or point is new: a job reads them. Triggers mark them (`mark_places`). */
export const placeMarks = pgTable('place_marks', {
  reportId: bigint('report_id', { mode: 'number' }).primaryKey(),
})
