import { type Database, db } from '#db/client.ts'
import { isForAnother } from '#server/accounts/rules/session.ts'
import { type LiveSession, type PendingSession, sessionOf } from '#server/accounts/session.ts'
import { now } from '#server/platform/clock.ts'

export type RequestContext = {
  db: Database
  now: () => Date
  requestId: string
  ip: string | null
  session: LiveSession | null
  /** Why there is no session: one of the refusals of `rules/session.ts`. */
  sessionRefusal?: string
  /** The sign-in that is idle and nothing worse: enough for `lookingProcedure`. */
  resting?: LiveSession | undefined
  /**
   * The sign-in that still owes the second factor: enough for the step at which it is shown or set up, and for nothing
   * else.
   */
  pending?: PendingSession | undefined
  /** How many of the calls of this request were of `heavyLimits`. */
  heavy?: { calls: number } | undefined
  /** The address under which the browser found the desk; authenticators sign for it. */
  home?: string | undefined
  /** The cookie by which the browser may be known to an account, and how it is given one. */
  device?: string | undefined
  setCookie?: ((line: string) => void) | undefined
}

type Request = {
  token: string | undefined
  drawnFor?: string | undefined
  requestId: string
  ip: string | null
  home?: string | undefined
}

/** What the procedures of one request share; the sign-in is looked up here, once. */
export async function requestContext({ token, drawnFor, requestId, ip, home }: Request): Promise<RequestContext> {
  const { session, refusal, resting, pending } = await sessionOf(token)
  const signedIn = session ?? resting ?? pending
  if (signedIn && isForAnother(drawnFor, signedIn.actor.id)) {
    return { db, now, requestId, ip, session: null, sessionRefusal: 'other_account' }
  }
  return { db, now, requestId, ip, session, sessionRefusal: refusal, resting, pending, home, heavy: { calls: 0 } }
}
