import type { Database } from '#db/client.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'

/** A live sign-in, read from the sessions table on every request. */
export type LiveSession = { id: string; accountId: string; actor: Actor }

export type RequestContext = {
  db: Database
  now: () => Date
  requestId: string
  ip: string | null
  session: LiveSession | null
  /** Why there is no session: `signed_out`, `session_expired`, `session_idle` or `session_revoked`. */
  sessionRefusal?: string
}
