import { open } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { environment } from '#server/platform/environment.ts'
import { log } from '#server/platform/log.ts'
import { byteRange } from './rules/byte-range.ts'

/** The streets of the city as vector tiles in one file, which browsers read in parts. */
export const streetsPath = '/api/map/streets.pmtiles'

/** A large tile of a dense city has some hundred kilobytes. */
const mostBytes = 4 * 1024 * 1024
const day = 86_400
/** How a file of this kind begins: its name and its version. */
const beginning = Buffer.from('PMTiles\u0003')

let told: string | undefined

/** The open file with its size and its version, or null where there is none. The caller closes it. */
async function openStreets() {
  const path = environment().mapPmtiles
  if (!path) return null
  try {
    const file = await open(path)
    try {
      const { size, mtimeMs } = await file.stat()
      const { buffer } = await file.read(Buffer.alloc(beginning.length), 0, beginning.length, 0)
      if (!buffer.equals(beginning)) throw new Error('not a PMTiles archive of version 3')
      told = undefined
      return { file, size, version: `${size.toString(36)}-${Math.round(mtimeMs).toString(36)}` }
    } catch (error) {
      await file.close()
      throw error
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    if (told !== why) log.warn({ why }, 'MAP_PMTILES is set, but no base map can be read there')
    told = why
    return null
  }
}

/** The address of the file, which changes with it; null where there is none. */
export async function streetsUrl(): Promise<string | null> {
  const streets = await openStreets()
  await streets?.file.close()
  return streets && `${streetsPath}?v=${streets.version}`
}

/** Parts of the file. The streets are public, so no sign-in is required. */
export async function handleStreets(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const path = (req.url ?? '').split('?', 1)[0]
  if (path !== streetsPath || (req.method !== 'GET' && req.method !== 'HEAD')) return false
  const streets = await openStreets()
  if (!streets) {
    res.writeHead(404).end()
    return true
  }
  const { file, size, version } = streets
  const tag = `"${version}"`
  const headers = { etag: tag, 'accept-ranges': 'bytes', 'cache-control': `public, max-age=${day}` }
  const isOther = req.headers['if-range'] !== undefined && req.headers['if-range'] !== tag
  const part = isOther ? null : byteRange(req.headers.range, size, mostBytes)
  if (req.method === 'HEAD' || req.headers['if-none-match'] === tag || !part) {
    await file.close()
    if (req.method === 'HEAD') res.writeHead(200, { ...headers, 'content-length': size }).end()
    else if (req.headers['if-none-match'] === tag) res.writeHead(304, headers).end()
    // The whole file at once would be some hundred megabytes for nobody.
    else res.writeHead(416, { 'content-range': `bytes */${size}` }).end()
    return true
  }
  res.writeHead(206, {
    ...headers,
    'content-type': 'application/octet-stream',
    'content-length': part.end - part.start + 1,
    'content-range': `bytes ${part.start}-${part.end}/${size}`,
  })
  // A reader that moved on has closed the connection.
  await pipeline(file.createReadStream(part), res).catch(() => undefined)
  return true
}
