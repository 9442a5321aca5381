import { type Database, db } from '#db/client.ts'
import { isForAnother } from '#server/accounts/rules/session.ts'
import { type LiveSession, sessionOf } from '#server/accounts/session.ts'
import { now } from '#server/platform/clock.ts'

export type RequestContext = {
  db: Database
  now: () => Date
  requestId: string
  ip: string | null
  session: LiveSession | null
  /** Why there is no session: `signed_out`, `session_expired`, `session_idle`, `session_revoked` or `other_account`. */
  sessionRefusal?: string
  /** The sign-in that is idle and nothing worse: enough for `lookingProcedure`. */
  resting?: LiveSession | undefined
}

type Request = { token: string | undefined; drawnFor?: string | undefined; requestId: string; ip: string | null }

/** What the procedures of one request share; the sign-in is looked up here, once. */
export async function requestContext({ token, drawnFor, requestId, ip }: Request): Promise<RequestContext> {
  const { session, refusal, resting } = await sessionOf(token)
  const signedIn = session ?? resting
  if (signedIn && isForAnother(drawnFor, signedIn.actor.id)) {
    return { db, now, requestId, ip, session: null, sessionRefusal: 'other_account' }
  }
  return { db, now, requestId, ip, session, sessionRefusal: refusal, resting }
}
