import { and, asc, eq, gt, isNull, or } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { webhookSecrets } from '#db/schema/index.ts'
import { unsealSecret } from '../secrets.ts'

/** The secrets that are valid now, without those encrypted under another AUTH_SECRET. */
export async function signingSecrets(db: Connection, webhookId: string, now: Date): Promise<string[]> {
  const rows = await db
    .select({ sealed: webhookSecrets.sealed })
    .from(webhookSecrets)
    .where(
      and(
        eq(webhookSecrets.webhookId, webhookId),
        or(isNull(webhookSecrets.expiresAt), gt(webhookSecrets.expiresAt, now)),
      ),
    )
    .orderBy(asc(webhookSecrets.createdAt), asc(webhookSecrets.id))
  return rows.flatMap(({ sealed }) => unsealSecret(sealed, webhookId) ?? [])
}
