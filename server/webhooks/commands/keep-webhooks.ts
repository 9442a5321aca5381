import { and, eq, gt, isNull, ne, or } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { brokenConstraint } from '#db/rows.ts'
import { apiClients, webhookDeliveries, webhookSecrets, webhooks } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import { mayAdministerClient } from '#server/api-clients/rules/api-client.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, changesFromNothing, isUnchanged } from '#server/events/rules/changes.ts'
import type { DetailField } from '#server/events/rules/detail-fields.ts'
import { destinationOf, type Internal } from '#server/outbound/address.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { againOf, queueJob } from '#server/platform/jobs.ts'
import type { ChangeWebhook, CreateWebhook, RotateSecret, SeenWebhook } from '../rules/schemas.ts'
import { mayAdministerWebhook, type WebhookState } from '../rules/webhook.ts'
import { drawSecret, sealSecret } from '../secrets.ts'

type Webhook = typeof webhooks.$inferSelect
export type KeptWebhook = { id: string; version: number }
/** No other answer and no log contains the secret. */
export type NewSecret = KeptWebhook & { secret: string }

/** `internal`: destinations that are allowed besides public addresses. */
export async function createWebhook(
  ctx: Context,
  settings: CreateWebhook,
  internal: Internal = environment().outboundInternal,
): Promise<NewSecret> {
  await assertAllowed(ctx, settings, internal)
  return named(async (tx) => {
    const [row] = await tx
      .insert(webhooks)
      .values({ ...settings, createdAt: ctx.now(), createdById: ctx.actor.id })
      .returning({ id: webhooks.id, version: webhooks.version })
    if (!row) throw new Error('no webhook was written')
    const secret = await writeSecret(tx, ctx, row.id)
    const { name, address, kinds, agencyId, clientId } = settings
    // Only the origin of the address, because its path may contain a token of the receiver and the log cannot be
    // erased.
    const told = changesFromNothing({ name, address: new URL(address).origin, kinds, clientId })
    await record(tx, ctx, 'webhook.created', { ...row, agencyId }, told)
    return { ...row, secret }
  }, ctx)
}

/**
 * The agency and client cannot change: other administrators would see prepared deliveries, and the receiver, who has
 * the secret, would get reports of another scope.
 */
export async function changeWebhook(
  ctx: Context,
  { id, version, name, address, kinds }: ChangeWebhook,
): Promise<KeptWebhook> {
  assertCallable(address, environment().outboundInternal)
  return named(async (tx) => {
    const webhook = await lockWebhook(tx, ctx, { id, version })
    const changes = changesBetween(webhook, { name, address, kinds })
    if (isUnchanged(changes)) return { id, version }
    const from = new URL(webhook.address).origin
    const to = new URL(address).origin
    const told = { ...changes, ...(changes.address && { address: from === to ? to : [from, to] }) }
    return change(tx, ctx, webhook, 'webhook.changed', { name, address, kinds }, told)
  }, ctx)
}

/** Deliveries are still prepared, and wait. */
export async function pauseWebhook(ctx: Context, seen: SeenWebhook): Promise<KeptWebhook> {
  return ctx.db.transaction(async (tx) => {
    const webhook = await lockWebhook(tx, ctx, seen, ['active', 'disabled'])
    return change(tx, ctx, webhook, 'webhook.paused', { state: 'paused' })
  })
}

/** Waiting deliveries are sent at once. */
export async function resumeWebhook(ctx: Context, seen: SeenWebhook): Promise<KeptWebhook> {
  return ctx.db.transaction(async (tx) => {
    const webhook = await lockWebhook(tx, ctx, seen, ['paused', 'disabled'])
    const isWaiting = and(eq(webhookDeliveries.webhookId, webhook.id), eq(webhookDeliveries.state, 'waiting'))
    await tx.update(webhookDeliveries).set({ nextTryAt: ctx.now(), tries: 0 }).where(isWaiting)
    await queueJob(tx, 'send_webhooks', {}, againOf('send_webhooks'))
    return change(tx, ctx, webhook, 'webhook.resumed', { state: 'active', failingSince: null })
  })
}

/** For good: what waits is never sent, and ends soon. The webhook stays, because the log and its deliveries name it. */
export async function endWebhook(ctx: Context, seen: SeenWebhook): Promise<KeptWebhook> {
  return ctx.db.transaction(async (tx) => end(tx, ctx, await lockWebhook(tx, ctx, seen)))
}

/**
 * Ends the webhooks of a revoked API client, whichever agency administers them, so that its partner gets no more data.
 */
export async function endWebhooksOfClient(tx: Transaction, ctx: Context, clientId: string): Promise<void> {
  const theirs = await tx
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.clientId, clientId), ne(webhooks.state, 'ended')))
    .orderBy(webhooks.id)
    .for('no key update')
  for (const webhook of theirs) await end(tx, ctx, webhook, { clientId })
}

async function end(tx: Transaction, ctx: Context, webhook: Webhook, details: Details = {}): Promise<KeptWebhook> {
  await tx.delete(webhookSecrets).where(eq(webhookSecrets.webhookId, webhook.id))
  await queueJob(tx, 'end_webhook_backlog', {}, againOf('end_webhook_backlog'))
  return change(tx, ctx, webhook, 'webhook.ended', { state: 'ended' }, details)
}

/** Creates a new secret. Old secrets also sign during the overlap, but never longer than before. */
export async function rotateSecret(ctx: Context, { overlapHours, ...seen }: RotateSecret): Promise<NewSecret> {
  return ctx.db.transaction(async (tx) => {
    const webhook = await lockWebhook(tx, ctx, seen)
    const until = new Date(ctx.now().getTime() + overlapHours * 3_600_000)
    const outlasting = or(isNull(webhookSecrets.expiresAt), gt(webhookSecrets.expiresAt, until))
    await tx
      .update(webhookSecrets)
      .set({ expiresAt: until })
      .where(and(eq(webhookSecrets.webhookId, webhook.id), outlasting))
    const secret = await writeSecret(tx, ctx, webhook.id)
    const details = { oldKeysUntil: until }
    return { ...(await change(tx, ctx, webhook, 'webhook.secret_rotated', {}, details)), secret }
  })
}

/**
 * Outside the reach of the administrator it does not exist. An ended one is never changed again. A webhook is always
 * locked before its deliveries.
 */
export async function lockWebhook(
  tx: Transaction,
  { actor }: Context,
  { id, version }: { id: string; version?: number },
  states: readonly WebhookState[] = ['active', 'paused', 'disabled'],
): Promise<Webhook> {
  const [webhook] = await tx.select().from(webhooks).where(eq(webhooks.id, id)).for('no key update')
  if (!webhook || !mayAdministerWebhook(actor, webhook.agencyId)) throw new DomainError('not_found')
  if (version !== undefined && webhook.version !== version) {
    throw await conflictOver(tx, { kind: 'webhook', id }, webhook.version)
  }
  if (webhook.state === 'ended') throw new DomainError('webhook_ended')
  if (!states.includes(webhook.state)) throw new DomainError('webhook_state')
  return webhook
}

/** The administrator must be responsible for the agency of the webhook and for its API client, if it has one. */
async function assertAllowed(
  ctx: Context,
  { agencyId, clientId, address }: CreateWebhook,
  internal: Internal,
): Promise<void> {
  if (!mayAdministerWebhook(ctx.actor, agencyId)) throw new DomainError('forbidden')
  if (agencyId !== null) await agencyById(ctx.db, agencyId)
  if (clientId !== null) {
    const [client] = await ctx.db.select().from(apiClients).where(eq(apiClients.id, clientId))
    if (!client || !mayAdministerClient(ctx.actor, client.agencyId)) throw new DomainError('not_found')
    if (client.revokedAt) throw new DomainError('api_client_revoked')
  }
  assertCallable(address, internal)
}

function assertCallable(address: string, internal: Internal): void {
  const destination = destinationOf(address, internal)
  if (typeof destination === 'string') throw new DomainError('webhook_address', { reason: destination })
}

async function named<Kept>(work: (tx: Transaction) => Promise<Kept>, { db }: Context): Promise<Kept> {
  try {
    return await db.transaction(work)
  } catch (error) {
    if (brokenConstraint(error) === 'webhooks_name') throw new DomainError('webhook_name_taken')
    throw error
  }
}

type Change = 'created' | 'changed' | 'paused' | 'resumed' | 'ended' | 'secret_rotated' | 'disabled'
type Details = { [Field in DetailField]?: unknown }

/** Writes columns, the next version and the event. */
export async function change(
  tx: Transaction,
  ctx: Context,
  webhook: Webhook,
  event: `webhook.${Change}`,
  set: Partial<Webhook>,
  details: Details = {},
): Promise<KeptWebhook> {
  const kept = { id: webhook.id, version: webhook.version + 1 }
  await tx
    .update(webhooks)
    .set({ ...set, version: kept.version })
    .where(eq(webhooks.id, webhook.id))
  await record(tx, ctx, event, { ...kept, agencyId: webhook.agencyId }, details)
  return kept
}

async function record(
  tx: Transaction,
  ctx: Context,
  event: `webhook.${Change}`,
  { id, version, agencyId }: KeptWebhook & { agencyId: string | null },
  details: Details,
): Promise<void> {
  await recordEvent(tx, ctx, { event, subject: { kind: 'webhook', id }, agencyId, version, details })
}

async function writeSecret(tx: Transaction, { now }: Context, webhookId: string): Promise<string> {
  const secret = drawSecret()
  await tx.insert(webhookSecrets).values({ webhookId, sealed: sealSecret(secret, webhookId), createdAt: now() })
  return secret
}
