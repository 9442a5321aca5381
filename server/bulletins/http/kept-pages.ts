import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { db } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { pageHeaders } from '#server/endpoints/page-headers.ts'
import { readingLimits } from '#server/platform/rules/limits.ts'
import { takesGzip } from './conditional.ts'

const pack = promisify(gzip)

export type DrawnPage = { html: string; status: number; headers: Record<string, string> }
type KeptPage = Omit<DrawnPage, 'html'> & { plain: Buffer<ArrayBuffer>; packed: Buffer }
type Draw = () => Promise<DrawnPage>

/** What Next renders in its copy of this module is found by the handler before the pages. */
const pagesOf = keptFor(
  'public pages',
  () =>
    new LRUCache<string, KeptPage, Draw>({
      maxSize: readingLimits.keptBytes,
      ttl: readingLimits.keptSeconds * 1000,
      // A request that waits is still answered when its entry has been evicted meanwhile.
      ignoreFetchAbort: true,
      sizeCalculation: ({ plain, packed }) => plain.byteLength + packed.byteLength,
      fetchMethod: async (_tag, _stale, { context: draw }) => {
        const { html, ...page } = await draw()
        const plain = Buffer.from(html)
        return { ...page, plain, packed: await pack(plain) }
      },
    }),
)
const kept = () => pagesOf(db)

/**
 * Rendered and compressed once for all who request it under one tag at the same moment, or within the time for which it
 * is cached.
 */
export const keepPage = (tag: string, draw: Draw): Promise<KeptPage> => kept().forceFetch(tag, { context: draw })

/**
 * Answers with the page that was rendered under a tag, if there is one. The caller reads the tag from the database for
 * each request: a page that was taken down, corrected or has lapsed since has another tag, or none.
 */
export function answerFromKept(
  req: IncomingMessage,
  res: ServerResponse,
  tag: string,
  cache: Record<string, string>,
): boolean {
  const page = kept().get(tag)
  if (page?.status !== 200) return false
  const isPacked = takesGzip(req)
  const bytes = isPacked ? page.packed : page.plain
  res.writeHead(200, {
    ...pageHeaders,
    ...page.headers,
    ...cache,
    vary: 'accept-encoding',
    'content-length': bytes.byteLength,
    ...(isPacked && { 'content-encoding': 'gzip' }),
  })
  res.end(req.method === 'HEAD' ? undefined : bytes)
  return true
}
