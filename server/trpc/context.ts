import { type Database, db } from '#db/client.ts'
import { type LiveSession, sessionOf } from '#server/accounts/session.ts'
import { now } from '#server/platform/clock.ts'

export type RequestContext = {
  db: Database
  now: () => Date
  requestId: string
  ip: string | null
  session: LiveSession | null
  /** Why there is no session: `signed_out`, `session_expired`, `session_idle` or `session_revoked`. */
  sessionRefusal?: string
  /** The sign-in that is idle and nothing worse: enough for `lookingProcedure`. */
  resting?: LiveSession | undefined
}

type Request = { token: string | undefined; requestId: string; ip: string | null }

/** What the procedures of one request share; the sign-in is looked up here, once. */
export async function requestContext({ token, requestId, ip }: Request): Promise<RequestContext> {
  const { session, refusal, resting } = await sessionOf(token)
  return { db, now, requestId, ip, session, sessionRefusal: refusal, resting }
}
