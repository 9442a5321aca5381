import type { IncomingMessage } from 'node:http'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { placeOf } from '#server/accounts/rules/network.ts'
import { accountHeader } from '#server/accounts/rules/session.ts'
import { DomainError } from '#server/platform/errors.ts'
import { requestLimits } from '#server/platform/rules/limits.ts'
import { isReading } from '../endpoints/origin.ts'
import { type Arrival, signedInBy } from '../endpoints/request.ts'

/** Not counted: requested by many phones behind one address, or by monitoring. */
const uncounted = /^\/(?:_next\/static\/|(?:en\/)?ban-tin(?:[/?]|$)|feeds\/|api\/health)/
const procedures = '/api/trpc/'
const signingIn = '/api/auth/'

export type Anonymous = { requests: number; windowSeconds: number }

/** Checks the limits of each request before its body is read. */
export function createBounds({ requests, windowSeconds }: Anonymous = requestLimits.anonymous) {
  const strangers = new RateLimiterMemory({ points: requests, duration: windowSeconds })

  return async function assertWithinBounds(request: IncomingMessage, { ip }: Arrival): Promise<void> {
    const path = request.url ?? '/'
    const signedIn = await signedInBy(request).catch((error: unknown) => {
      // Unknown without the database: for a path of the API the error is thrown, and a page shows its own message.
      if (path.startsWith('/api/')) throw error
      return { is: true, refusal: '' }
    })
    if (!signedIn.is && !uncounted.test(path)) await count(strangers, ip)
    if (!isReading(request)) assertBody(request, path, signedIn)
    if (path.startsWith(procedures)) assertCalls(request, path)
  }
}

async function count(limiter: RateLimiterMemory, ip: string): Promise<void> {
  try {
    await limiter.consume(placeOf(ip).address)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new DomainError('too_many_requests', { seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) })
  }
}

/** For signed-in users the endpoints have limits of their own; a sign-in request is short. */
function assertBody(request: IncomingMessage, path: string, { is, refusal }: { is: boolean; refusal: string }): void {
  const isForStaff = path.startsWith('/api/') && !path.startsWith(signingIn)
  if (is && isForStaff) return
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  if (encoding === undefined && Number(length ?? 0) <= requestLimits.anonymousBodyBytes) return
  // A page whose sign-in has ended prompts for the password again, and keeps the typed text.
  const hadSignedIn = isForStaff && (refusal !== 'signed_out' || request.headers[accountHeader] !== undefined)
  throw new DomainError(hadSignedIn ? refusal : 'body_too_large', { bytes: requestLimits.anonymousBodyBytes })
}

/** Only queries are batched, by GET; a mutation is sent alone. */
function assertCalls(request: IncomingMessage, path: string): void {
  const calls = path.slice(procedures.length).split('?', 1)[0]?.split(/,|%2c/i).length ?? 0
  if (calls > (isReading(request) ? requestLimits.calls : 1))
    throw new DomainError('too_many_calls', { most: requestLimits.calls })
}
