import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'

/** Every sign-in of an account ends, as when an administrator ends it. */
export async function endSessions(db: Database, accountId: string): Promise<void> {
  await db.update(sessions).set({ revokedAt: new Date(), revokeReason: 'revoked_by_admin' }).where(eq(sessions.accountId, accountId))
}
