import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import type { Actor, Grant } from '../rules/actor.ts'
import { type SecondFactorStep, stepOwed } from '../rules/second-factor.ts'
import { type SessionRefusal, sessionRefusal } from '../rules/session.ts'
import { grantsOfAccount, hasSecondFactor } from './actors.ts'

/** Notified when a transaction that ends sign-ins commits; every process then clears its cache. */
export const revokedChannel = 'session_revoked'

/** A sign-in that is valid at this moment. */
export type LiveSession = { id: string; accountId: string; actor: Actor; lastSeenAt: Date }

/** A sign-in whose second factor is outstanding: it only gives access to the step that verifies or sets one up. */
export type PendingSession = LiveSession & { step: SecondFactorStep }

/** `resting`: the sign-in is idle, so it is no longer valid except for read-only viewing. */
export type SessionState =
  | { session: LiveSession; refusal?: undefined; resting?: undefined; pending?: undefined }
  | { session: null; refusal: SessionRefusal; resting?: LiveSession; pending?: PendingSession }

type Row = {
  account_id: string
  expires_at: Date
  last_seen_at: Date
  revoked_at: Date | null
  name: string
  is_active: boolean
  second_factor_at: Date | null
  has_factor: boolean
  asked_roles: string[]
  grants: Grant[]
}

/** Reads a sign-in, its account and all that the account may do in one query. */
export async function readSession(db: Connection, id: string, now: Date): Promise<SessionState> {
  const [row] = await db.execute<Row>(sql`
    select s.account_id, s.expires_at, s.last_seen_at, s.revoked_at, s.second_factor_at, a.name, a.is_active,
      ${hasSecondFactor(sql`a.id`)} as has_factor,
      coalesce((select value from settings where key = 'secondFactorRoles'), '[]') as asked_roles,
      ${grantsOfAccount(now)} as grants
    from sessions s join accounts a on a.id = s.account_id
    where s.id = ${id}`)
  if (!row) return { session: null, refusal: 'signed_out' }
  const refusal = row.is_active
    ? sessionRefusal({ expiresAt: row.expires_at, lastSeenAt: row.last_seen_at, revokedAt: row.revoked_at }, now)
    : 'session_revoked'
  const actor: Actor = { kind: 'staff', id: row.account_id, name: row.name, grants: row.grants }
  const session = { id, accountId: row.account_id, actor, lastSeenAt: row.last_seen_at }
  const step = stepOwed({
    shownAt: row.second_factor_at,
    hasFactor: row.has_factor,
    roles: row.grants.map(({ role }) => role),
    askedRoles: row.asked_roles,
  })
  if (refusal === 'session_idle' && !step) return { session: null, refusal, resting: session }
  if (refusal) return { session: null, refusal }
  return step ? { session: null, refusal: 'second_factor_needed', pending: { ...session, step } } : { session }
}
