import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { type Arrival, revokeSessions } from './keep-sessions.ts'

/** Ends the sign-in of this browser; one that has already ended is unchanged. */
export async function signOut(
  { db, now }: { db: Database; now: () => Date },
  sessionId: string,
  arrival: Pick<Arrival, 'ip' | 'requestId'>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [session] = await tx
      .select({ accountId: sessions.accountId })
      .from(sessions)
      .where(eq(sessions.id, sessionId))
    if (!session) return
    const ended = await revokeSessions(tx, { sessionId }, 'signed_out', now())
    if (ended === 0) return
    const actor = { kind: 'staff', id: session.accountId, name: '', grants: [] } as const
    await recordEvent(
      tx,
      { actor, now, ...arrival },
      { event: 'account.signed_out', subject: { kind: 'account', id: session.accountId }, details: { sessionId } },
    )
  })
}
