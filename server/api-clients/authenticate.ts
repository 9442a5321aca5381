import { eq, sql } from 'drizzle-orm'
import { builtOnce } from '#db/built-once.ts'
import type { Database } from '#db/client.ts'
import { apiClients, apiKeys } from '#db/schema/index.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { hashOfKey } from './keys.ts'
import type { ApiClient } from './rules/api-client.ts'
import { type KeyUse, prefixOf } from './rules/key.ts'

/** The client to which a key belongs; null if there is none, or the key has ended. Notes when it was last used. */
export async function clientWithKey(
  db: Database,
  key: string,
  now: Date,
  use: KeyUse = 'calls',
): Promise<ApiClient | null> {
  if (prefixOf(key, use) === null) return null
  const [found] = await keyWithHash(db, { hash: hashOfKey(key) })
  if (!found || found.use !== use || found.revokedAt !== null || found.expiresAt <= now) return null
  const { keyId, use: _, lastUsedAt, expiresAt: __, revokedAt: ___, ...client } = found
  if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() >= apiLimits.key.touchSeconds * 1000) {
    await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, keyId))
  }
  return client
}

const keyWithHash = builtOnce((db) =>
  db
    .select({
      keyId: apiKeys.id,
      use: apiKeys.use,
      expiresAt: apiKeys.expiresAt,
      lastUsedAt: apiKeys.lastUsedAt,
      revokedAt: apiClients.revokedAt,
      id: apiClients.id,
      name: apiClients.name,
      agencyId: apiClients.agencyId,
      channel: apiClients.channel,
      permissions: apiClients.permissions,
      requestsPerMinute: apiClients.requestsPerMinute,
      reportsPerDay: apiClients.reportsPerDay,
      extendedStatuses: apiClients.extendedStatuses,
    })
    .from(apiKeys)
    .innerJoin(apiClients, eq(apiClients.id, apiKeys.clientId))
    .where(eq(apiKeys.hash, sql.placeholder('hash'))),
)
