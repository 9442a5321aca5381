import { and, asc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import type { Connection } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { areas } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { type AreaIndex, type AreaShape, areaOfPoint, indexAreas, type LonLat } from './rules/area-of-point.ts'

const columns = {
  id: areas.id,
  code: areas.code,
  name: areas.name,
  shortName: areas.shortName,
  kind: areas.kind,
  validFrom: areas.validFrom,
  validTo: areas.validTo,
  labelLon: areas.labelLon,
  labelLat: areas.labelLat,
}

export type Area = {
  id: number
  code: string
  name: string
  shortName: string
  kind: string
  validFrom: LocalDay
  validTo: LocalDay | null
  labelLon: number
  labelLat: number
}

/** The communes that exist at an instant, in Vietnamese order of the bare name (`Ba Đình` before `Bạch Mai`). */
export async function validAreas(db: Connection, at: Date): Promise<Area[]> {
  return db
    .select(columns)
    .from(areas)
    .where(isValid(localDayOf(at)))
    .orderBy(sql`${areas.shortName} collate "vi-x-icu"`, asc(areas.id))
}

export async function areaById(db: Connection, id: number): Promise<Area> {
  const [area] = await db.select(columns).from(areas).where(eq(areas.id, id))
  if (!area) throw new DomainError('not_found', { subject: 'area', id })
  return area
}

/** The commune of that id, if it exists at an instant: one that was merged into another can no longer be chosen. */
export async function areaInForce(db: Connection, id: number, at: Date): Promise<Area> {
  const [area] = await db
    .select(columns)
    .from(areas)
    .where(and(eq(areas.id, id), isValid(localDayOf(at))))
  if (!area) throw new DomainError('not_found', { subject: 'area', id })
  return area
}

export type AreaProperties = { id: number; code: string; name: string; labelLon: number; labelLat: number }
export type AreaMap = FeatureCollection<Polygon | MultiPolygon, AreaProperties>

/** The boundaries valid at an instant, for drawing: the base map of the desk. */
export async function areaMap(db: Connection, at: Date): Promise<AreaMap> {
  const rows = await db
    .select({ ...columns, geometry: areas.geometry })
    .from(areas)
    .where(isValid(localDayOf(at)))
    .orderBy(asc(areas.id))
  return {
    type: 'FeatureCollection',
    features: rows.map(({ id, code, name, labelLon, labelLat, geometry }) => ({
      type: 'Feature',
      id,
      properties: { id, code, name, labelLon, labelLat },
      geometry,
    })),
  }
}

type FoundArea = Pick<Area, 'id' | 'code' | 'name' | 'shortName' | 'labelLon' | 'labelLat'>
type IndexedAreas = { day: LocalDay; index: AreaIndex; byId: ReadonlyMap<string, FoundArea> }

/** Boundaries change by law, not by the minute: one index is built per day and process. */
const indexedIn = keptFor<{ today?: IndexedAreas }>('areas', () => ({}))

/** The areas valid at an instant, and the one of each of many points. */
export type AreaFinder = { areas: readonly FoundArea[]; areaOf: (point: LonLat) => FoundArea | null }

export async function areaFinder(db: Connection, at: Date): Promise<AreaFinder> {
  const { index, byId } = await indexOfDay(db, localDayOf(at))
  const areaOf = (point: LonLat) => {
    const key = areaOfPoint(index, point)
    return key === null ? null : (byId.get(key) ?? null)
  }
  return { areas: [...byId.values()], areaOf }
}

/** The area that contains the point among those valid at the instant, or null outside the city. */
export async function areaAt(
  db: Connection,
  point: LonLat,
  at: Date,
): Promise<Pick<Area, 'id' | 'code' | 'name'> | null> {
  const { areaOf } = await areaFinder(db, at)
  const area = areaOf(point)
  return area && { id: area.id, code: area.code, name: area.name }
}

async function indexOfDay(db: Connection, day: LocalDay): Promise<IndexedAreas> {
  const indexed = indexedIn(db)
  if (indexed.today?.day === day) return indexed.today
  const rows = await db
    .select({ ...columns, geometry: areas.geometry })
    .from(areas)
    .where(isValid(day))
    .orderBy(asc(areas.id))
  const index = indexAreas(rows.map(({ id, geometry }) => ({ code: String(id), shape: geometry as AreaShape })))
  const byId = new Map(rows.map(({ geometry: _, ...area }) => [String(area.id), area]))
  // An empty table is a city that is not seeded yet: it is not cached, so the next call reads it again.
  if (rows.length > 0) indexed.today = { day, index, byId }
  return { day, index, byId }
}

function isValid(day: LocalDay) {
  return and(lte(areas.validFrom, day), or(isNull(areas.validTo), gte(areas.validTo, day)))
}
