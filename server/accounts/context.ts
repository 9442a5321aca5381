import type { Database } from '#db/client.ts'
import type { Actor } from './rules/actor.ts'

/** All that a command or query may touch of the outside world. Tests build one by hand. */
export type Context = {
  db: Database
  actor: Actor
  now: () => Date
  /** Of the HTTP request, for the event log; null in jobs and tests. */
  requestId?: string | null
  ip?: string | null
}
