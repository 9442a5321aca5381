import { and, eq, isNull, lt } from 'drizzle-orm'
import { type Database, db, sql } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { sessions } from '#db/schema/index.ts'
import { now } from '#server/platform/clock.ts'
import { log } from '#server/platform/log.ts'
import { sessionLimits } from '#server/platform/rules/limits.ts'
import { type LiveSession, readSession, revokedChannel, type SessionState } from './queries/sessions.ts'
import { isDueForTouch } from './rules/session.ts'
import { sessionIdOf } from './session-token.ts'

export type { LiveSession, PendingSession, SessionState } from './queries/sessions.ts'

type Remembered = { until: number; state: Promise<SessionState> }
type Memory = { states: Map<string, Remembered>; listening?: Promise<unknown> }

const memoryOf = keptFor<Memory>('sessions', () => ({ states: new Map() }))

/** The current state of a token's sign-in: at most half a second old, and up to date right after any revocation. */
export async function sessionOf(token: string | undefined): Promise<SessionState> {
  const id = token ? await sessionIdOf(token) : undefined
  return id ? sessionById(id) : { session: null, refusal: 'signed_out' }
}

export function sessionById(id: string): Promise<SessionState> {
  const { states } = memory()
  const moment = performance.now()
  const known = states.get(id)
  if (known && known.until > moment) return known.state
  const state = readSession(db, id, now())
  states.set(id, { until: moment + sessionLimits.cacheMilliseconds, state })
  state.catch(() => states.delete(id))
  if (states.size > 1000) for (const [other, { until }] of states) if (until <= moment) states.delete(other)
  return state
}

/** Drops a sign-in from the cache of this process without waiting for the notification. */
export function forgetSession(id: string): void {
  memory().states.delete(id)
}

/** Records activity of the user; called for what a user does, never for what a page requests automatically. */
export async function touchSession(database: Database, session: LiveSession, at: Date): Promise<void> {
  if (!isDueForTouch(session.lastSeenAt, at)) return
  const due = new Date(at.getTime() - sessionLimits.touchSeconds * 1000)
  await database
    .update(sessions)
    .set({ lastSeenAt: at })
    .where(and(eq(sessions.id, session.id), isNull(sessions.revokedAt), lt(sessions.lastSeenAt, due)))
}

function memory(): Memory {
  const held = memoryOf(db)
  held.listening ??= sql
    .listen(
      revokedChannel,
      () => held.states.clear(),
      () => held.states.clear(),
    )
    .catch((error: unknown) => {
      held.listening = undefined
      log.warn({ err: error }, 'cannot listen for ended sign-ins')
    })
  return held
}
