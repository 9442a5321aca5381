import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accounts, sessions } from '#db/schema/index.ts'
import { expiryOf } from '#server/accounts/rules/session.ts'

type BuiltSession = { id: string; accountId: string }

/** A valid sign-in of an existing account, with a verified second factor. */
export async function buildSession(db: Connection, username: string, at = new Date()): Promise<BuiltSession> {
  const [account] = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, username))
  if (!account) throw new Error(`there is no account ${username}`)
  const [session] = await db
    .insert(sessions)
    .values({ accountId: account.id, createdAt: at, lastSeenAt: at, expiresAt: expiryOf(at), secondFactorAt: at })
    .returning({ id: sessions.id })
  return { id: (session as { id: string }).id, accountId: account.id }
}
