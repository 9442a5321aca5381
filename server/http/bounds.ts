import type { IncomingMessage } from 'node:http'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { placeOf } from '#server/accounts/rules/network.ts'
import { accountHeader } from '#server/accounts/rules/session.ts'
import { DomainError } from '#server/platform/errors.ts'
import { requestLimits } from '#server/platform/rules/limits.ts'
import { isReading } from '../endpoints/origin.ts'
import { type Arrival, signedInBy } from '../endpoints/request.ts'

/** Read by many phones behind one address, or by machines that watch over the desk: nobody counts them. */
const uncounted = /^\/(?:_next\/static\/|(?:en\/)?ban-tin(?:[/?]|$)|feeds\/|api\/health)/
const procedures = '/api/trpc/'
const signingIn = '/api/auth/'

export type Anonymous = { requests: number; windowSeconds: number }

/** Says of each request, before anything of it is read, whether it may go on. */
export function createBounds({ requests, windowSeconds }: Anonymous = requestLimits.anonymous) {
  const strangers = new RateLimiterMemory({ points: requests, duration: windowSeconds })

  return async function assertWithinBounds(request: IncomingMessage, { ip }: Arrival): Promise<void> {
    const path = request.url ?? '/'
    const signedIn = await signedInBy(request).catch((error: unknown) => {
      // Without the database nobody knows: the doors refuse by themselves, and a page has its own words for it.
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

/** The doors of the desk set bounds of their own for who is signed in; to sign in takes a few words. */
function assertBody(request: IncomingMessage, path: string, { is, refusal }: { is: boolean; refusal: string }): void {
  const isForStaff = path.startsWith('/api/') && !path.startsWith(signingIn)
  if (is && isForStaff) return
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  if (encoding === undefined && Number(length ?? 0) <= requestLimits.anonymousBodyBytes) return
  // A page whose sign-in has ended asks for the password again, and keeps what was typed.
  const hadSignedIn = isForStaff && (refusal !== 'signed_out' || request.headers[accountHeader] !== undefined)
  throw new DomainError(hadSignedIn ? refusal : 'body_too_large', { bytes: requestLimits.anonymousBodyBytes })
}

/** What is asked for together is only read, and by address; a change travels alone. */
function assertCalls(request: IncomingMessage, path: string): void {
  const calls = path.slice(procedures.length).split('?', 1)[0]?.split(/,|%2c/i).length ?? 0
  if (calls > (isReading(request) ? requestLimits.calls : 1))
    throw new DomainError('too_many_calls', { most: requestLimits.calls })
}
