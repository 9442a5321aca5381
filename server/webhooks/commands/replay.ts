import { and, eq, sql } from 'drizzle-orm'
import { webhookAttempts, webhookDeliveries } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { callOutside } from '#server/outbound/call.ts'
import { DomainError } from '#server/platform/errors.ts'
import { againOf, queueJob } from '#server/platform/jobs.ts'
import { bodyOf } from '../rules/payload.ts'
import type { Replay, SeenWebhook } from '../rules/schemas.ts'
import { lockWebhook } from './keep-webhooks.ts'
import { attemptOf, type Tried, tryOnce } from './send.ts'

/** Sends one delivery, or all dead ones, again with the same id and text; the tries count from the start. */
export async function replayDeliveries(ctx: Context, { webhookId, deliveryId }: Replay): Promise<{ count: number }> {
  return ctx.db.transaction(async (tx) => {
    const webhook = await lockWebhook(tx, ctx, { id: webhookId })
    const which =
      deliveryId === null
        ? eq(webhookDeliveries.state, 'dead')
        : and(eq(webhookDeliveries.id, deliveryId), sql`${webhookDeliveries.state} <> 'waiting'`)
    const again = await tx
      .update(webhookDeliveries)
      .set({ state: 'waiting', tries: 0, nextTryAt: ctx.now(), claimedUntil: null })
      .where(and(eq(webhookDeliveries.webhookId, webhookId), sql`${webhookDeliveries.eventId} is not null`, which))
      .returning({ about: webhookDeliveries.about })
    if (again.length === 0) throw new DomainError('webhook_nothing_to_replay')
    await recordEvent(tx, ctx, {
      event: 'webhook.replayed',
      subject: { kind: 'webhook', id: webhook.id },
      agencyId: webhook.agencyId,
      details: { rows: again.length },
    })
    await queueJob(tx, 'send_webhooks', {}, againOf('send_webhooks'))
    return { count: again.length }
  })
}

/** Sends a test at once, also for a paused webhook. It is tried once. */
export async function testWebhook(
  ctx: Context,
  seen: SeenWebhook,
  call: typeof callOutside = callOutside,
): Promise<Pick<Tried, 'failure' | 'status' | 'body' | 'millis'>> {
  const webhook = await ctx.db.transaction((tx) => lockWebhook(tx, ctx, seen))
  const body = bodyOf('webhook.test', ctx.now(), { message: 'iHanoi' })
  const [delivery] = await ctx.db.execute<{ id: string }>(sql`select uuidv7() as id`)
  if (!delivery) throw new Error('no id was drawn')
  const tried = await tryOnce(ctx, { id: delivery.id, webhookId: webhook.id, address: webhook.address, body }, call)
  await ctx.db.transaction(async (tx) => {
    const at = ctx.now()
    await tx.insert(webhookDeliveries).values({
      id: delivery.id,
      webhookId: webhook.id,
      kind: 'webhook.test',
      body,
      state: tried.failure === null ? 'delivered' : 'dead',
      createdAt: at,
      tries: 1,
      deliveredAt: tried.failure === null ? at : null,
      failure: tried.failure,
      status: tried.status,
    })
    await tx.insert(webhookAttempts).values(attemptOf(delivery.id, tried, at))
    await recordEvent(tx, ctx, {
      event: 'webhook.tested',
      subject: { kind: 'webhook', id: webhook.id },
      agencyId: webhook.agencyId,
      details: tried.failure === null ? { isDelivered: true } : { isDelivered: false, lastFailure: tried.failure },
    })
  })
  const { failure, status, millis } = tried
  return { failure, status, millis, body: tried.body }
}
