import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError } from '#server/platform/errors.ts'
import { logFailure } from '#server/platform/log.ts'
import { refusalFor, refusalHeaders } from '#server/platform/rules/failure.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import type { RequestContext } from '#server/trpc/context.ts'
import { httpStatusOf } from '#server/trpc/refusals.ts'

/**
 * Reads the body, but never keeps more than a photo may have. The rest of what is too large is read past for a while,
 * because a browser that is still sending would not hear the refusal.
 */
export async function photoIn(req: IncomingMessage): Promise<Buffer> {
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
