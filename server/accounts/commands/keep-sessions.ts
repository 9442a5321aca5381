import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'
import { revokedChannel } from '../queries/sessions.ts'
import { expiryOf, type RevokeReason } from '../rules/session.ts'

export type Arrival = { ip: string | null; userAgent: string | null; requestId?: string | null }

const longestUserAgent = 400

type Start = Arrival & {
  /** It was already verified by the city's own sign-in. */
  secondFactorShown?: boolean
}

export async function startSession(tx: Transaction, accountId: string, at: Date, arrival: Start): Promise<string> {
  const [session] = await tx
    .insert(sessions)
    .values({
      accountId,
      createdAt: at,
      lastSeenAt: at,
      expiresAt: expiryOf(at),
      secondFactorAt: arrival.secondFactorShown ? at : null,
      ip: arrival.ip,
      userAgent: arrival.userAgent?.slice(0, longestUserAgent),
    })
    .returning({ id: sessions.id })
  if (!session) throw new Error('no session was written')
  return session.id
}

type Which = { accountId: string; except?: string } | { sessionId: string; accountId?: string }

/** Ends sign-ins; every process is notified at commit. Returns how many there were. */
export async function revokeSessions(tx: Transaction, which: Which, reason: RevokeReason, at: Date): Promise<number> {
  const chosen: (SQL | undefined)[] = [isNull(sessions.revokedAt)]
  if (which.accountId) chosen.push(eq(sessions.accountId, which.accountId))
  if ('sessionId' in which) chosen.push(eq(sessions.id, which.sessionId))
  else if (which.except) chosen.push(ne(sessions.id, which.except))
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: at, revokeReason: reason })
    .where(and(...chosen))
    .returning({ id: sessions.id })
  if (ended.length > 0) await tx.execute(sql`select pg_notify(${revokedChannel}, ${which.accountId ?? ''})`)
  return ended.length
}

/**
 * Records that the second factor was verified in this sign-in, which also confirms the identity. Every process is
 * notified.
 */
export async function markSecondFactor(tx: Transaction, session: { id: string; accountId: string }, at: Date) {
  await tx.update(sessions).set({ secondFactorAt: at, confirmedAt: at }).where(eq(sessions.id, session.id))
  await tx.execute(sql`select pg_notify(${revokedChannel}, ${session.accountId})`)
}
