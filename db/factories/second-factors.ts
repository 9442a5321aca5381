import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accounts, totpSecrets } from '#db/schema/index.ts'
import { sealedInDemo } from '#server/accounts/rules/demo-accounts.ts'

/**
 * Gives an account the application of the demo, whose secret everybody knows: only a desk of the demo takes its codes.
 */
export async function buildTotp(db: Connection, username: string, at = new Date()): Promise<void> {
  const [account] = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, username))
  if (!account) throw new Error(`there is no account ${username}`)
  await db.insert(totpSecrets).values({ accountId: account.id, sealed: sealedInDemo, addedAt: at })
}
