import { and, eq, gt } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { brokenConstraint } from '#db/rows.ts'
import { apiClients, apiKeys } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { drawKey } from '../keys.ts'
import { mayAdministerClient } from '../rules/api-client.ts'
import type { KeyUse } from '../rules/key.ts'
import type { ChangeClient, CreateClient, RotateKey, SeenClient } from '../rules/schemas.ts'

/** The key is in no other answer, in no log and not in the database. */
export type NewKey = { id: string; version: number; key: string; prefix: string; expiresAt: Date }

const [hour, day] = [3_600_000, 86_400_000]

export async function createApiClient(ctx: Context, { keyDays, ...client }: CreateClient): Promise<NewKey> {
  if (!mayAdministerClient(ctx.actor, client.agencyId)) throw new DomainError('forbidden')
  await agencyById(ctx.db, client.agencyId)
  try {
    return await ctx.db.transaction(async (tx) => {
      const [row] = await tx
        .insert(apiClients)
        .values({ ...client, createdAt: ctx.now(), createdById: ctx.actor.id })
        .returning({ id: apiClients.id, version: apiClients.version })
      if (!row) throw new Error('no client was written')
      const made = await writeKey(tx, ctx, row.id, keyDays, 'calls')
      const { agencyId, ...terms } = client
      await recordEvent(tx, ctx, {
        event: 'api_client.created',
        subject: { kind: 'api_client', id: row.id },
        agencyId,
        version: row.version,
        details: {
          ...terms,
          keyPrefix: made.prefix,
          expiresAt: made.expiresAt,
        },
      })
      return { ...row, ...made }
    })
  } catch (error) {
    throw nameTaken(error) ?? error
  }
}

/** Changes name, permissions and limits. They apply from the next request on, and the keys stay valid. */
export async function changeApiClient(
  ctx: Context,
  { id, version: seen, ...terms }: ChangeClient,
): Promise<{ id: string; version: number }> {
  try {
    return await ctx.db.transaction(async (tx) => {
      const client = await lockClient(tx, ctx, { id, version: seen })
      const changes = changesBetween(client, terms)
      if (isUnchanged(changes)) return { id, version: client.version }
      const version = await nextVersion(tx, client, terms)
      await recordEvent(tx, ctx, {
        event: 'api_client.changed',
        subject: { kind: 'api_client', id },
        agencyId: client.agencyId,
        version,
        details: changes,
      })
      return { id, version }
    })
  } catch (error) {
    throw nameTaken(error) ?? error
  }
}

const nameTaken = (error: unknown): DomainError | null =>
  brokenConstraint(error) === 'api_clients_name' ? new DomainError('api_client_name_taken') : null

/** A new key. Those in use stay valid for the overlap, and no longer than they were: the partner changes in between. */
export const rotateApiKey = (ctx: Context, input: RotateKey): Promise<NewKey> =>
  renewKey(ctx, input, 'calls', 'api_client.key_rotated')

/** The same of the key in an address that only reads; it may be the first. */
export const makeReadingKey = (ctx: Context, input: RotateKey): Promise<NewKey> =>
  renewKey(ctx, input, 'reading', 'api_client.reading_key_made')

async function renewKey(
  ctx: Context,
  { overlapHours, keyDays, ...seen }: RotateKey,
  use: KeyUse,
  event: 'api_client.key_rotated' | 'api_client.reading_key_made',
): Promise<NewKey> {
  return ctx.db.transaction(async (tx) => {
    const client = await lockClient(tx, ctx, seen)
    const until = new Date(ctx.now().getTime() + overlapHours * hour)
    await endKeys(tx, client.id, until, use)
    const made = await writeKey(tx, ctx, client.id, keyDays, use)
    const version = await nextVersion(tx, client)
    await recordEvent(tx, ctx, {
      event,
      subject: { kind: 'api_client', id: client.id },
      agencyId: client.agencyId,
      version,
      details: { keyPrefix: made.prefix, expiresAt: made.expiresAt, oldKeysUntil: until },
    })
    return { id: client.id, version, ...made }
  })
}

/** Makes the keys invalid that only read; the others stay. */
export async function endReadingKeys(ctx: Context, seen: SeenClient): Promise<{ id: string; version: number }> {
  return ctx.db.transaction(async (tx) => {
    const client = await lockClient(tx, ctx, seen)
    await endKeys(tx, client.id, ctx.now(), 'reading')
    const version = await nextVersion(tx, client)
    await recordEvent(tx, ctx, {
      event: 'api_client.reading_keys_revoked',
      subject: { kind: 'api_client', id: client.id },
      agencyId: client.agencyId,
      version,
    })
    return { id: client.id, version }
  })
}

/** Makes all keys of the client invalid. Its reports stay. Other commands end its webhooks and its gateway. */
export async function endApiClient(
  tx: Transaction,
  ctx: Context,
  seen: SeenClient,
): Promise<{ id: string; version: number }> {
  const client = await lockClient(tx, ctx, seen)
  await endKeys(tx, client.id, ctx.now())
  const version = await nextVersion(tx, client, { revokedAt: ctx.now() })
  await recordEvent(tx, ctx, {
    event: 'api_client.revoked',
    subject: { kind: 'api_client', id: client.id },
    agencyId: client.agencyId,
    version,
  })
  return { id: client.id, version }
}

type Client = typeof apiClients.$inferSelect

/** Outside the reach of the administrator it does not exist. */
async function lockClient(tx: Transaction, { actor }: Context, { id, version }: SeenClient): Promise<Client> {
  const [client] = await tx.select().from(apiClients).where(eq(apiClients.id, id)).for('no key update')
  if (!client || !mayAdministerClient(actor, client.agencyId)) throw new DomainError('not_found')
  if (client.version !== version) throw await conflictOver(tx, { kind: 'api_client', id }, client.version)
  if (client.revokedAt) throw new DomainError('api_client_revoked')
  return client
}

async function nextVersion(tx: Transaction, { id, version }: Client, changed: Partial<Client> = {}): Promise<number> {
  await tx
    .update(apiClients)
    .set({ ...changed, version: version + 1 })
    .where(eq(apiClients.id, id))
  return version + 1
}

async function endKeys(tx: Transaction, clientId: string, until: Date, use?: KeyUse): Promise<void> {
  await tx
    .update(apiKeys)
    .set({ expiresAt: until })
    .where(and(eq(apiKeys.clientId, clientId), gt(apiKeys.expiresAt, until), use && eq(apiKeys.use, use)))
}

async function writeKey(tx: Transaction, ctx: Context, clientId: string, days: number, use: KeyUse) {
  const { key, prefix, hash } = drawKey(use)
  const expiresAt = new Date(ctx.now().getTime() + days * day)
  await tx.insert(apiKeys).values({ clientId, use, prefix, hash, createdAt: ctx.now(), expiresAt })
  return { key, prefix, expiresAt }
}
