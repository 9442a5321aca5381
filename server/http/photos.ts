import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError } from '#server/platform/errors.ts'
import { logFailure } from '#server/platform/log.ts'
import { refusalFor, refusalHeaders } from '#server/platform/rules/failure.ts'
import { uploadLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import type { RequestContext } from '#server/trpc/context.ts'
import { httpStatusOf } from '#server/trpc/refusals.ts'

/** How many photos each account has under way in this process. */
const underWay = new Map<string | null, number>()

/** Takes the photo of a request to the end of the work on it. Each is held in memory meanwhile, so there are never too many. */
export async function withPhoto<Result>(
  req: IncomingMessage,
  accountId: string | null,
  work: (bytes: Buffer) => Promise<Result>,
): Promise<Result> {
  const own = underWay.get(accountId) ?? 0
  const all = [...underWay.values()].reduce((sum, each) => sum + each, 0)
  const refusal =
    own >= uploadLimits.underWayPerAccount ? 'own_uploads_busy' : all >= uploadLimits.underWay && 'uploads_busy'
  if (refusal) {
    await readPast(req)
    throw new DomainError(refusal)
  }
  underWay.set(accountId, own + 1)
  try {
    return await work(await photoIn(req))
  } finally {
    const left = (underWay.get(accountId) ?? 1) - 1
    if (left > 0) underWay.set(accountId, left)
    else underWay.delete(accountId)
  }
}

/** A browser that is still sending would not hear the refusal. */
async function readPast(req: IncomingMessage): Promise<void> {
  let size = 0
  for await (const part of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.byteLength
    if (size > 2 * photoLimits.bytes) break
  }
}

/**
 * Reads the body, but never keeps more than a photo may have. The rest of what is too large is read past for a while,
 * because a browser that is still sending would not hear the refusal.
 */
async function photoIn(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  let tooLarge = Number(req.headers['content-length']) > photoLimits.bytes
  for await (const part of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.byteLength
    tooLarge ||= size > photoLimits.bytes
    if (!tooLarge) parts.push(part)
    else if (size > 2 * photoLimits.bytes) break
  }
  if (tooLarge) throw new DomainError('file_too_large', { bytes: photoLimits.bytes })
  return Buffer.concat(parts)
}

/** Answers a refused upload or download with its code in JSON, for the screen to translate. */
export function refusePhoto(res: ServerResponse, error: unknown, context: RequestContext): void {
  const isRefusal = error instanceof DomainError
  if (!isRefusal && res.headersSent) return // The reader went away, or the store failed half-way: nothing more can be said.
  const entry = { err: error, requestId: context.requestId }
  const { code, details } = isRefusal ? error : logFailure(refusalFor(error), entry, 'photo request failed')
  // A refused upload may not have been read to its end, so the connection is not used again.
  res
    .writeHead(httpStatusOf(code), {
      'content-type': 'application/json',
      ...refusalHeaders({ code, details }),
      connection: 'close',
    })
    .end(JSON.stringify({ code, details }))
}
