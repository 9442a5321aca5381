import { createHash, randomBytes } from 'node:crypto'
import type { Connection } from '#db/client.ts'
import { apiClients, apiKeys } from '#db/schema/index.ts'
import { clientPermissions } from '#server/api-clients/rules/api-client.ts'
import { keyOf } from '#server/api-clients/rules/key.ts'
import { type BuiltAgency, buildCity } from './agencies.ts'
import { unique } from './unique.ts'

type Wanted = Partial<Omit<typeof apiClients.$inferInsert, 'id'>> & { agency?: BuiltAgency; expiresAt?: Date }

export type BuiltApiClient = typeof apiClients.$inferSelect & { key: string }

/** A program that may use the API, with one valid key. */
export async function buildApiClient(
  db: Connection,
  { agency, expiresAt, ...wanted }: Wanted = {},
): Promise<BuiltApiClient> {
  const agencyId = agency?.id ?? wanted.agencyId ?? (await buildCity(db)).id
  const [client] = await db
    .insert(apiClients)
    .values({
      name: unique('Ứng dụng'),
      channel: 'open311',
      permissions: [...clientPermissions],
      requestsPerMinute: 6000,
      reportsPerDay: 100_000,
      createdAt: new Date(),
      ...wanted,
      agencyId,
    })
    .returning()
  if (!client) throw new Error('no client was written')
  const key = keyOf(randomBytes(4).toString('hex'), randomBytes(32).toString('base64url'))
  await db.insert(apiKeys).values({
    clientId: client.id,
    prefix: key.slice(0, 12),
    hash: createHash('sha256').update(key).digest('hex'),
    createdAt: new Date(),
    expiresAt: expiresAt ?? new Date(Date.now() + 86_400_000),
  })
  return { ...client, key }
}
