import * as z from 'zod/mini'
import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'
import { typedLine } from '#server/platform/rules/text.ts'
import { middleWhere } from './lines.ts'
import { type NamedPlace, placeOfFile } from './named-place.ts'
import type { PlaceKind, StreetLine } from './place.ts'
import { keyOf } from './words.ts'

/** A row of a file of places, whatever its format. Of a former ward the commune may stand in place of the point. */
export type FileRow = { name: unknown; kind: unknown; geometry: unknown; communeCode?: unknown }

export const rowFaults = ['name', 'kind', 'point', 'geometry', 'points', 'outside', 'commune', 'unreadable'] as const
export type RowFault = (typeof rowFaults)[number]

/** A row that can be taken in. `lines` is null for a point. */
export type FilePlace = Omit<NamedPlace, 'kind'> &
  LonLat & { kind: PlaceKind; lines: StreetLine[] | null; metres: number; communeCode: string | null } & Extent
export type Extent = { west: number; south: number; east: number; north: number }

export type ReadRow = { place: FilePlace } | { fault: RowFault } | 'unnamed'

/** A place that is a point reaches about this far. */
const pointMetres: Readonly<Record<PlaceKind, number>> = {
  house: 30,
  lane: 60,
  landmark: 100,
  street: 300,
  former_area: 1000,
}

const formerKinds = new Set(['former_ward', 'former_district'])
const waterKinds = new Set(['river', 'stream', 'canal', 'lake', 'water', 'basin', 'river_surface'])
const streetKinds = new Set(
  `street road lane alley motorway trunk primary secondary tertiary unclassified residential service living_street
   pedestrian footway track`.split(/\s+/),
)

const number = z.number().check(z.minimum(-180), z.maximum(180))
const position = z.pipe(
  z.array(number).check(z.minLength(2), z.maxLength(4)),
  z.transform(([lon = 0, lat = 0]): [number, number] => [rounded(lon), rounded(lat)]),
)
const line = z.array(position).check(z.minLength(2))
const geometries = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: position }),
  z.object({ type: z.literal('LineString'), coordinates: line }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(line).check(z.minLength(1)) }),
])

const rounded = (degrees: number) => Math.round(degrees * 1e5) / 1e5

/** Reads a row. Rows without a name are no places; everything else that does not fit is a fault. */
export function readRow({ name, kind, geometry, communeCode }: FileRow): ReadRow {
  if (name === undefined || name === null || name === '') return 'unnamed'
  if (typeof name !== 'string' || name.length > 200) return { fault: 'name' }
  if (typeof kind !== 'string' || !/^[a-z_]{2,40}$/.test(kind)) return { fault: 'kind' }
  const plain = typedLine(name)
  if (formerKinds.has(kind)) return formerArea(plain, geometry, communeCode)
  const shape = geometries.safeParse(geometry)
  if (!shape.success) return { fault: isPoint(geometry) ? 'point' : 'geometry' }
  const { data } = shape
  if (data.type === 'Point') {
    const place = placeOfFile(plain, streetKinds.has(kind) ? 'street' : 'landmark')
    const [lon, lat] = data.coordinates
    return place ? { place: { ...place, ...atPoint({ lon, lat }, place.kind), communeCode: null } } : 'unnamed'
  }
  const lines = data.type === 'LineString' ? [data.coordinates] : data.coordinates
  if (lines.flat().length > placeLimits.file.points) return { fault: 'points' }
  const place = placeOfFile(plain, waterKinds.has(kind) ? 'landmark' : 'street')
  return place ? { place: { ...place, ...alongLines(lines), communeCode: null } } : 'unnamed'
}

const isPoint = (geometry: unknown) => (geometry as { type?: unknown } | null)?.type === 'Point'

/** "Phường Láng Thượng": known by its bare name. */
function formerArea(name: string, geometry: unknown, communeCode: unknown): ReadRow {
  const bare = keyOf(name).replace(/^(phuong|xa|quan|huyen|thi xa|thi tran) /, '')
  const row = { kind: 'former_area' as const, name, key: bare, lanes: '', number: null, letter: '' }
  if (bare === '' || bare.length > 100) return { fault: 'name' }
  const shape = geometries.safeParse(geometry)
  const point = shape.success && shape.data.type === 'Point' ? shape.data.coordinates : null
  if (!point && (typeof communeCode !== 'string' || communeCode === '')) return { fault: 'commune' }
  const [lon, lat] = point ?? [0, 0]
  const code = typeof communeCode === 'string' && communeCode !== '' ? communeCode : null
  return { place: { ...row, ...atPoint({ lon, lat }, 'former_area'), communeCode: code } }
}

export function atPoint({ lon, lat }: LonLat, kind: PlaceKind) {
  return { lon, lat, west: lon, south: lat, east: lon, north: lat, lines: null, metres: pointMetres[kind] }
}

/** Where lines lie, and what they reach. */
export function alongLines(lines: StreetLine[]) {
  const extent = extentOf(lines.flat())
  const middle = middleWhere(lines, () => true)
  const { lon, lat } = middle?.point ?? { lon: extent.west, lat: extent.south }
  const metres = Math.max(30, Math.round(middle?.metres ?? 0))
  return { lon: rounded(lon), lat: rounded(lat), ...extent, lines, metres }
}

function extentOf(positions: readonly (readonly [number, number])[]): Extent {
  const extent = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [lon, lat] of positions) {
    extent.west = Math.min(extent.west, lon)
    extent.east = Math.max(extent.east, lon)
    extent.south = Math.min(extent.south, lat)
    extent.north = Math.max(extent.north, lat)
  }
  return extent
}
