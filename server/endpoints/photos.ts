import type { IncomingMessage, ServerResponse } from 'node:http'
import { DomainError } from '#server/platform/errors.ts'
import { logFailure } from '#server/platform/log.ts'
import { refusalFor, refusalHeaders } from '#server/platform/rules/failure.ts'
import { uploadLimits } from '#server/platform/rules/limits.ts'
import { photoLimits } from '#server/platform/rules/photo.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { httpStatusOf } from '#server/procedures/refusals.ts'
import { Slots } from './slots.ts'

type Pace = { stallSeconds: number; longestSeconds: number }

const slots = new Slots({ perAccount: uploadLimits.underWayPerAccount, perProcess: uploadLimits.underWay })

/**
 * Reads the photo of a request and runs the work on it. Each photo is held in memory meanwhile, so their number is
 * limited.
 */
export async function withPhoto<Result>(
  req: IncomingMessage,
  accountId: string | null,
  work: (bytes: Buffer) => Promise<Result>,
  pace: Pace = uploadLimits,
): Promise<Result> {
  const leave = slots.take(accountId ?? '')
  if (typeof leave === 'string') {
    await readPast(req, pace)
    throw new DomainError(leave === 'account_full' ? 'own_uploads_busy' : 'uploads_busy')
  }
  try {
    return await work(await photoIn(req, pace))
  } finally {
    leave()
  }
}

/** Reads and discards the body: a browser that is still sending would not receive the refusal. */
export async function readPast(req: IncomingMessage, pace: Pace = uploadLimits): Promise<void> {
  let size = 0
  for await (const part of bodyParts(req, pace)) {
    size += part.byteLength
    if (size > 2 * photoLimits.bytes) break
  }
}

async function photoIn(req: IncomingMessage, pace: Pace): Promise<Buffer> {
  const bytes = await bodyIn(req, photoLimits.bytes, pace)
  if (!bytes) throw new DomainError('file_too_large', { bytes: photoLimits.bytes })
  return bytes
}

/**
 * Reads the body, but never keeps more bytes than it may have; null if it has more. The rest of a body that is too
 * large is discarded for a while, because a client that is still sending would not receive the refusal.
 */
export async function bodyIn(req: IncomingMessage, most: number, pace: Pace = uploadLimits): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let size = 0
  let tooLarge = Number(req.headers['content-length']) > most
  for await (const part of bodyParts(req, pace)) {
    size += part.byteLength
    tooLarge ||= size > most
    if (!tooLarge) parts.push(part)
    else if (size > 2 * most) break
  }
  return tooLarge ? null : Buffer.concat(parts)
}

/** Aborts a sender from whom nothing arrives, and one who is too slow overall: others wait for the slot. */
export async function* bodyParts(
  req: IncomingMessage,
  { stallSeconds, longestSeconds }: Pace = uploadLimits,
): AsyncGenerator<Buffer> {
  const parts = (req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  const end = performance.now() + longestSeconds * 1000
  for (;;) {
    const part = await within(Math.min(stallSeconds * 1000, end - performance.now()), parts.next())
    if (part.done) return
    yield part.value
  }
}

async function within<Value>(millis: number, value: Promise<Value>): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new DomainError('upload_stalled')), Math.max(0, millis))
  try {
    return await Promise.race([value, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Answers a refused upload or download with its code in JSON, for the screen to translate. */
export function refusePhoto(res: ServerResponse, error: unknown, context: RequestContext): void {
  const isRefusal = error instanceof DomainError
  // The reader disconnected, or the store failed halfway: no other answer can be sent.
  if (!isRefusal && res.headersSent) return
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
