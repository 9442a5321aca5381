import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accounts, totpSecrets } from '#db/schema/index.ts'
import { sealedInDemo } from '#server/accounts/rules/demo-accounts.ts'

/**
 * Gives an account the authenticator app of the demo, whose secret is public: only a demo desk accepts its codes.
 */
export async function buildTotp(db: Connection, username: string, at = new Date()): Promise<void> {
  const [account] = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, username))
  if (!account) throw new Error(`there is no account ${username}`)
  await db.insert(totpSecrets).values({ accountId: account.id, sealed: sealedInDemo, addedAt: at })
}
