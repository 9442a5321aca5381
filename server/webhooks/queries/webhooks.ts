import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, ne, type SQL, sql } from 'drizzle-orm'
import { agencies, apiClients, webhookAttempts, webhookDeliveries, webhookSecrets, webhooks } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { DeliveriesInput } from '../rules/schemas.ts'
import { healthOf, messageId } from '../rules/webhook.ts'

const count = (state: 'waiting' | 'dead') =>
  sql<number>`(select count(*)::int from ${webhookDeliveries} d where d.webhook_id = ${webhooks.id}
    and d.state = ${sql.raw(`'${state}'`)} and d.event_id is not null)`

/** The webhooks for which the administrator is responsible, by name, ended ones last. */
export async function listWebhooks(ctx: Context) {
  return webhooksWhere(ctx, undefined)
}

export type WebhookRow = Awaited<ReturnType<typeof listWebhooks>>[number]

export async function webhookById(ctx: Context, id: string): Promise<WebhookRow> {
  const [webhook] = await webhooksWhere(ctx, eq(webhooks.id, id))
  if (!webhook) throw new DomainError('not_found')
  return webhook
}

async function webhooksWhere({ db, actor, now }: Context, condition: SQL | undefined) {
  // The newest delivery that has not arrived.
  const failed = db
    .select({ failure: webhookDeliveries.failure, status: webhookDeliveries.status })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhookId, webhooks.id),
        ne(webhookDeliveries.state, sql`'delivered'`),
        isNotNull(webhookDeliveries.failure),
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(1)
    .as('failed')
  const rows = await db
    .select({
      id: webhooks.id,
      name: webhooks.name,
      address: webhooks.address,
      kinds: webhooks.kinds,
      agencyId: webhooks.agencyId,
      agencyName: agencies.name,
      clientId: webhooks.clientId,
      clientName: apiClients.name,
      state: webhooks.state,
      lastSuccessAt: webhooks.lastSuccessAt,
      failingSince: webhooks.failingSince,
      version: webhooks.version,
      lastFailure: failed.failure,
      lastStatus: failed.status,
      waiting: count('waiting'),
      dead: count('dead'),
      /** The end of the overlap in which an old secret also signs. */
      rotatingUntil: sql<Date | null>`(select max(s.expires_at) from ${webhookSecrets} s
        where s.webhook_id = ${webhooks.id} and s.expires_at > ${now().toISOString()}::timestamptz)`.mapWith(
        webhookSecrets.expiresAt,
      ),
    })
    .from(webhooks)
    .leftJoin(agencies, eq(agencies.id, webhooks.agencyId))
    .leftJoin(apiClients, eq(apiClients.id, webhooks.clientId))
    .leftJoinLateral(failed, sql`true`)
    .where(and(withinReach(actor), condition))
    .orderBy(sql`${webhooks.state} = 'ended'`, sql`${webhooks.name} collate "vi-x-icu"`, asc(webhooks.id))
  return rows.map((row) => ({ ...row, health: healthOf(row) }))
}

const pageSize = 50

/** A page of the log of a webhook, the newest first. */
export async function listDeliveries(ctx: Context, { webhookId, state, kind, cursor }: DeliveriesInput) {
  await assertReached(ctx, webhookId)
  const rows = await ctx.db
    .select(deliveryColumns)
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.webhookId, webhookId),
        state ? eq(webhookDeliveries.state, state) : undefined,
        kind ? eq(webhookDeliveries.kind, kind) : undefined,
        cursor ? lt(webhookDeliveries.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(pageSize + 1)
  const deliveries = rows.slice(0, pageSize)
  return { deliveries, next: rows.length > pageSize ? (deliveries.at(-1)?.id ?? null) : null }
}

export type DeliveryRow = Awaited<ReturnType<typeof listDeliveries>>['deliveries'][number]

const deliveryColumns = {
  id: webhookDeliveries.id,
  kind: webhookDeliveries.kind,
  about: webhookDeliveries.about,
  state: webhookDeliveries.state,
  createdAt: webhookDeliveries.createdAt,
  tries: webhookDeliveries.tries,
  nextTryAt: webhookDeliveries.nextTryAt,
  deliveredAt: webhookDeliveries.deliveredAt,
  failure: webhookDeliveries.failure,
  status: webhookDeliveries.status,
}

/** One delivery with its text and the answers to its latest tries. */
export async function deliveryById(ctx: Context, { webhookId, id }: { webhookId: string; id: string }) {
  await assertReached(ctx, webhookId)
  const [delivery] = await ctx.db
    .select({ ...deliveryColumns, body: webhookDeliveries.body })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, webhookId), eq(webhookDeliveries.id, id)))
  if (!delivery) throw new DomainError('not_found')
  const attempts = await ctx.db
    .select({
      id: webhookAttempts.id,
      at: webhookAttempts.at,
      failure: webhookAttempts.failure,
      status: webhookAttempts.status,
      answer: webhookAttempts.answer,
      answerCut: webhookAttempts.answerCut,
      millis: webhookAttempts.millis,
    })
    .from(webhookAttempts)
    .where(eq(webhookAttempts.deliveryId, id))
    .orderBy(desc(webhookAttempts.id))
    .limit(pageSize)
  return { ...delivery, messageId: messageId(id), attempts }
}

export type DeliveryDetail = Awaited<ReturnType<typeof deliveryById>>

/** The API clients that can be chosen for a webhook. */
export async function clientChoices({ db, actor }: Context) {
  return db
    .select({ id: apiClients.id, name: apiClients.name })
    .from(apiClients)
    .where(and(isNull(apiClients.revokedAt), reachOf(actor, sql`${apiClients.agencyId}`)))
    .orderBy(sql`${apiClients.name} collate "vi-x-icu"`, asc(apiClients.id))
}

async function assertReached({ db, actor }: Context, id: string): Promise<void> {
  const [webhook] = await db
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(and(eq(webhooks.id, id), withinReach(actor)))
  if (!webhook) throw new DomainError('not_found')
}

const withinReach = (actor: Context['actor']) => reachOf(actor, sql`${webhooks.agencyId}`)

function reachOf({ grants }: Context['actor'], agencyId: SQL): SQL | undefined {
  const administered = grants.filter(({ role }) => role === 'admin')
  if (administered.some(({ cityWide }) => cityWide)) return undefined
  const ids = [...new Set(administered.flatMap(({ agencyIds }) => agencyIds))]
  return ids.length > 0 ? inArray(agencyId, ids) : sql`false`
}
