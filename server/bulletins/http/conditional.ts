import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

type Freshness = { tag: string; changedAt: Date; maxAge: number; isShared: boolean }

export const tagOf = (...parts: (string | number)[]): string =>
  `"${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22)}"`

/** What lets a cache keep an answer, and ask whether it still holds. */
export function cacheHeaders({ tag, changedAt, maxAge, isShared }: Freshness): Record<string, string> {
  return {
    etag: tag,
    'last-modified': changedAt.toUTCString(),
    'cache-control': isShared ? `public, max-age=${maxAge}, stale-while-revalidate=30` : 'private, no-cache',
  }
}

/** Whether what the reader has is still what we would send. A tag, where one is sent, outweighs the date. */
export function isUnchanged(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { tag, changedAt }: Pick<Freshness, 'tag' | 'changedAt'>,
): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) {
    return tags.split(',').some((given) => ['*', tag].includes(given.trim().replace(/^W\//, '')))
  }
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return !Number.isNaN(since) && Math.floor(changedAt.getTime() / 1000) * 1000 <= since
}

type Body = { type: string; text: string; headers?: Record<string, string> }

export function answerFresh(
  req: IncomingMessage,
  res: ServerResponse,
  freshness: Freshness,
  body: () => Body | Promise<Body>,
): Promise<void> | void {
  const headers = {
    ...cacheHeaders(freshness),
    'access-control-allow-origin': '*',
  }
  if (isUnchanged(req, freshness)) {
    res.writeHead(304, headers).end()
    return
  }
  return send(req, res, headers, body)
}

async function send(
  req: IncomingMessage,
  res: ServerResponse,
  headers: Record<string, string>,
  body: () => Body | Promise<Body>,
): Promise<void> {
  const { type, text, headers: more } = await body()
  const bytes = Buffer.from(text)
  res.writeHead(200, { ...headers, ...more, 'content-type': type, 'content-length': bytes.byteLength })
  res.end(req.method === 'HEAD' ? undefined : bytes)
}
