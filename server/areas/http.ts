import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Database } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { environment } from '#server/platform/environment.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { type Area, type AreaMap, areaMap, validAreas } from './queries.ts'
import type { MapSettings } from './rules/map-settings.ts'
import { placeOfName } from './rules/name-place.ts'
import { type Schematic, waterOf } from './rules/schematic.ts'
import { streetsUrl } from './street-file.ts'

const compress = promisify(brotliCompress)

/**
 * The base map of the desk: the boundaries and names of the communes, our drawing of rivers and main axes, and what an
 * operator has installed instead of it.
 */
export const areasPath = '/api/map/areas.geojson'
export const areaNamesPath = '/api/map/area-names.geojson'
export const schematicPath = '/api/map/schematic.geojson'
export const mapSettingsPath = '/api/map/settings.json'

const schematicFile = join(import.meta.dirname, '../../db/data/hanoi/schematic.geojson')

type Packed = { tag: string; plain: Buffer; packed: Buffer }
type Kept = Map<string, Packed & { day: string }>
const keptIn = keptFor<Kept>('area files', () => new Map())

/** Up to half a megabyte that changes only by law: compressed once a day per process, and revalidated by its ETag. */
async function packedFile(path: string, db: Database, at: Date): Promise<Packed | null> {
  const day = localDayOf(at)
  const kept = keptIn(db)
  const known = kept.get(path)
  if (known?.day === day) return known
  if (path === schematicPath) return keep(kept, path, day, await readFile(schematicFile))
  if (path !== areasPath && path !== areaNamesPath) return null
  const shapes = await areaMap(db, at)
  const drawn = path === areasPath ? shapes : namesOf(await validAreas(db, at), shapes, await readSchematic())
  // An empty table is a city that is not seeded yet: it is not cached, so the next request reads it again.
  return keep(kept, path, drawn.features.length > 0 ? day : '', Buffer.from(JSON.stringify(drawn, rounded)))
}

async function keep(kept: Kept, path: string, day: string, plain: Buffer): Promise<Packed> {
  const packed = await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 16)}"`
  const fresh = { day, tag, plain, packed }
  kept.set(path, fresh)
  return fresh
}

const readSchematic = async () => JSON.parse(await readFile(schematicFile, 'utf8')) as Schematic

/** Where the name of each commune is written. */
function namesOf(areas: readonly Area[], { features }: AreaMap, schematic: Schematic) {
  const water = waterOf(schematic)
  const nameOf = new Map(areas.map(({ id, shortName }) => [id, shortName]))
  return {
    type: 'FeatureCollection',
    features: features.map(({ id, geometry, properties }) => {
      const { lon, lat } = placeOfName(geometry, water)
      const name = nameOf.get(properties.id)
      return { type: 'Feature', id, properties: { name }, geometry: { type: 'Point', coordinates: [lon, lat] } }
    }),
  }
}

/** A ten-thousandth of a degree is about ten metres: finer than the precision of the boundaries. */
const rounded = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 10_000) / 10_000 : value

/** The boundaries of the communes are public, so no sign-in is required. */
export async function handleMap(req: IncomingMessage, res: ServerResponse, context: RequestContext): Promise<boolean> {
  const path = (req.url ?? '').split('?', 1)[0]
  if (req.method !== 'GET' && req.method !== 'HEAD') return false
  if (path === mapSettingsPath) {
    const settings: MapSettings = { styleUrl: environment().mapStyleUrl ?? null, streetsUrl: await streetsUrl() }
    // A file that was just installed is shown by the next map.
    res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'private, no-cache' })
    res.end(req.method === 'HEAD' ? undefined : JSON.stringify(settings))
    return true
  }
  const file = path === undefined ? null : await packedFile(path, context.db, context.now())
  if (!file) return false
  const { tag, plain, packed } = file
  const headers = {
    etag: tag,
    'cache-control': 'public, max-age=3600, stale-while-revalidate=604800',
    vary: 'accept-encoding',
  }
  if (req.headers['if-none-match'] === tag) {
    res.writeHead(304, headers).end()
    return true
  }
  const isPacked = /\bbr\b/.test(String(req.headers['accept-encoding'] ?? ''))
  const body = isPacked ? packed : plain
  res.writeHead(200, {
    ...headers,
    'content-type': 'application/geo+json',
    'content-length': body.byteLength,
    ...(isPacked && { 'content-encoding': 'br' }),
  })
  res.end(req.method === 'HEAD' ? undefined : body)
  return true
}
