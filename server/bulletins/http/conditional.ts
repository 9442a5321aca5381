import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { db } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { feedLimits } from '#server/platform/rules/limits.ts'

const pack = promisify(gzip)

type Freshness = { tag: string; changedAt: Date; maxAge: number; isShared: boolean }

export const tagOf = (...parts: (string | number)[]): string =>
  `W/"${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22)}"`

/**
 * The headers that let a cache store an answer and revalidate it. The tag is weak: compressed or not, the content is
 * the same.
 */
export function cacheHeaders({ tag, changedAt, maxAge, isShared }: Freshness): Record<string, string> {
  return {
    etag: tag,
    'last-modified': changedAt.toUTCString(),
    'cache-control': isShared ? `public, max-age=${maxAge}, stale-while-revalidate=30` : 'private, no-cache',
  }
}

/** Whether the reader's copy is still what would be sent. A tag, where one is sent, takes precedence over the date. */
export function isUnchanged(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { tag, changedAt }: Pick<Freshness, 'tag' | 'changedAt'>,
): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) {
    return tags.split(',').some((given) => ['*', strong(tag)].includes(strong(given.trim())))
  }
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return !Number.isNaN(since) && Math.floor(changedAt.getTime() / 1000) * 1000 <= since
}

const strong = (tag: string): string => tag.replace(/^W\//, '')

type Body = { type: string; text: string }
type Document = { type: string; plain: Buffer; packed: Buffer | null }

/** Below this size in bytes an answer fits into one packet, and compressing it saves nothing. */
const worthPacking = 1400

/** What was rendered under a tag, for all who request it at the same moment or later. */
const answersOf = keptFor(
  'feeds',
  () =>
    new LRUCache<string, Document, () => Promise<Body>>({
      maxSize: feedLimits.keptBytes,
      // A request that waits is still answered when its entry has been evicted meanwhile.
      ignoreFetchAbort: true,
      sizeCalculation: ({ plain, packed }) => plain.byteLength + (packed?.byteLength ?? 0) + 1,
      fetchMethod: async (_tag, _stale, { context: body }) => {
        const { type, text } = await body()
        const plain = Buffer.from(text)
        return { type, plain, packed: plain.byteLength < worthPacking ? null : await pack(plain) }
      },
    }),
)

/**
 * Answers 304 where the reader has it already. `body` is called once for each tag, so the tag must cover all that it
 * depends on.
 */
export async function answerFresh(
  req: IncomingMessage,
  res: ServerResponse,
  freshness: Freshness,
  body: () => Promise<Body>,
): Promise<void> {
  const headers = { ...cacheHeaders(freshness), ...openToAll, vary: 'accept-encoding' }
  if (isUnchanged(req, freshness)) {
    res.writeHead(304, headers).end()
    return
  }
  const { type, plain, packed } = await answersOf(db).forceFetch(freshness.tag, { context: body })
  const isPacked = packed !== null && takesGzip(req)
  const bytes = isPacked ? packed : plain
  res.writeHead(200, {
    ...headers,
    'content-type': type,
    'content-length': bytes.byteLength,
    ...(isPacked && { 'content-encoding': 'gzip' }),
  })
  res.end(req.method === 'HEAD' ? undefined : bytes)
}

/** Scripts of other sites may read it. */
export const openToAll = { 'access-control-allow-origin': '*' } as const

/** Whether the reader accepts gzip: named, or covered by `*`, and not refused by a weight of 0. */
export function takesGzip({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const offers = String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((offer) =>
      offer
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/),
    )
  const weightOf = (name: string) => {
    const offer = offers.find(([coding]) => coding === name)
    return offer && Number(offer[1] ?? 1)
  }
  return (weightOf('gzip') ?? weightOf('*') ?? 0) > 0
}
