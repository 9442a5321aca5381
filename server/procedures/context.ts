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
  /** The sign-in if it is idle but otherwise valid: enough for `lookingProcedure`. */
  resting?: LiveSession | undefined
  /**
   * The sign-in with an outstanding second factor: enough only for the step that verifies or sets one up.
   */
  pending?: PendingSession | undefined
  /** The number of calls of this request that fall under `heavyLimits`. */
  heavy?: { calls: number } | undefined
  /** The address under which the browser reached the desk; authenticators sign for it. */
  home?: string | undefined
  /** The known-device cookie of the browser, and how to set one. */
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

/** The context shared by the procedures of one request; the sign-in is looked up here, once. */
export async function requestContext({ token, drawnFor, requestId, ip, home }: Request): Promise<RequestContext> {
  const { session, refusal, resting, pending } = await sessionOf(token)
  const signedIn = session ?? resting ?? pending
  if (signedIn && isForAnother(drawnFor, signedIn.actor.id)) {
    return { db, now, requestId, ip, session: null, sessionRefusal: 'other_account' }
  }
  return { db, now, requestId, ip, session, sessionRefusal: refusal, resting, pending, home, heavy: { calls: 0 } }
}
