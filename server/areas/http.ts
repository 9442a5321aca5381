import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Database } from '#db/client.ts'
import { environment } from '#server/platform/environment.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { areaMap } from './queries.ts'

const compress = promisify(brotliCompress)

/**
 * The base map of the desk: the boundaries of the communes, and the style of a tile server where the operator names
 * one.
 */
export const areasPath = '/api/map/areas.geojson'
export const mapSettingsPath = '/api/map/settings.json'

type Packed = { day: string; tag: string; plain: Buffer; packed: Buffer }
let kept: Packed | null = null

/** Half a megabyte that changes only by law: compressed once a day per process, and revalidated by its ETag. */
async function packedAreas(db: Database, at: Date): Promise<Packed> {
  const day = localDayOf(at)
  if (kept?.day === day) return kept
  const map = await areaMap(db, at)
  const plain = Buffer.from(JSON.stringify(map, rounded))
  const packed = await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 16)}"`
  const fresh = { day, tag, plain, packed }
  // An empty table is a city that is not seeded yet: it is not cached, so the next request reads it again.
  if (map.features.length > 0) kept = fresh
  return fresh
}

/** A ten-thousandth of a degree is about ten metres: finer than the precision of the boundaries. */
const rounded = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value) ? Math.round(value * 10_000) / 10_000 : value

/** The boundaries of the communes are public, so no sign-in is required. */
export async function handleMap(req: IncomingMessage, res: ServerResponse, context: RequestContext): Promise<boolean> {
  const path = (req.url ?? '').split('?', 1)[0]
  if (req.method !== 'GET' && req.method !== 'HEAD') return false
  if (path === mapSettingsPath) {
    res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'private, max-age=300' })
    res.end(JSON.stringify({ styleUrl: environment().mapStyleUrl ?? null }))
    return true
  }
  if (path !== areasPath) return false
  const { tag, plain, packed } = await packedAreas(context.db, context.now())
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
