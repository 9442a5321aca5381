import type { Database } from '#db/client.ts'
import type { Actor } from './rules/actor.ts'

/** All that a command or query may use of the outside world. Tests build their own. */
export type Context = {
  db: Database
  actor: Actor
  now: () => Date
  /** From the HTTP request, for the event log; null in jobs and tests. */
  requestId?: string | null
  ip?: string | null
}
