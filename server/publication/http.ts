import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Visit } from '#server/endpoints/request.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { publishedPhoto } from './queries/published-copies.ts'
import { readPublicPhotoPath } from './rules/public-photo-path.ts'

/** Caches revalidate after this time, so that withdrawn photos disappear soon. */
const cached = 'public, max-age=60'

/** Serves the public copies of photos to everyone, only while the publication copy of the report is public. */
export async function handlePublishedPhotos(
  request: IncomingMessage,
  response: ServerResponse,
  { db }: Pick<Visit, 'db'>,
  store: FileStore = fileStore(),
): Promise<boolean> {
  const named = readPublicPhotoPath((request.url ?? '').split('?', 1)[0] as string)
  if (!named) return false
  const found = await publishedPhoto(db, named)
  const safe = { 'content-security-policy': "default-src 'none'", 'access-control-allow-origin': '*' }
  const etag = `"${named.id}"`
  if (found && found !== 'gone' && request.headers['if-none-match'] === etag) {
    response.writeHead(304, { ...safe, etag, 'cache-control': cached }).end()
    return true
  }
  const file = found && found !== 'gone' ? await store.read(found.key) : null
  if (!file) {
    const status = found === 'gone' ? 410 : 404
    response.writeHead(status, { ...safe, 'content-type': 'text/plain', 'cache-control': 'no-store' }).end()
    return true
  }
  response.writeHead(200, {
    ...safe,
    etag,
    'cache-control': cached,
    'content-type': 'image/jpeg',
    'content-length': file.bytes,
  })
  if (request.method === 'HEAD') {
    file.stream.destroy()
    response.end()
  } else await pipeline(file.stream, response)
  return true
}
