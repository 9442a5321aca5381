import { and, eq, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { deliveries, deliveryAttempts, gateways } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import { deliveryLimits } from '#server/platform/rules/limits.ts'
import type { SendResult } from '../rules/delivery.ts'
import { gatewayFailure, isFailing, type Sent } from '../rules/health.ts'
import { nextAttempt } from '../rules/retries.ts'
import type { Gateway, Sender } from '../senders/outgoing.ts'
import { type Outside, outside, senderFor } from '../senders/sender.ts'
import { type Claimed, claimDeliveries } from './claim-deliveries.ts'
import { fail, planAgain } from './plan-deliveries.ts'
import { recordDelivery } from './record.ts'

/** One queue per gateway, so that a slow gateway does not delay the others. */
export async function queueSending(db: Connection, gatewayId: string, runAt?: Date): Promise<void> {
  const line = `send_deliveries:${gatewayId}`
  await queueJob(db, 'send_deliveries', { gatewayId }, { jobKey: line, line, ...(runAt && { runAt }) })
}

/**
 * Sends due deliveries of one gateway within its rate limit, at least once: the attempt is committed before the call
 * and its result after it, so after a crash the delivery is sent again under the same key. A separate job sends the
 * deliveries that exceed the rate limit. Returns the number of accepted messages.
 */
export async function sendDeliveries(ctx: Context, gatewayId: string, out: Outside = outside()): Promise<number> {
  let accepted = 0
  for (;;) {
    const { gateway, claimed, hasLooked, openAt } = await claimDeliveries(ctx, gatewayId)
    if (openAt) await queueSending(ctx.db, gatewayId, openAt)
    if (!hasLooked) return accepted
    if (claimed.length === 0) continue
    const sender = senderFor(gateway, ctx.now, out)
    try {
      const results = await sendAll(ctx, gateway, claimed, sender, out.appUrl)
      accepted += results.filter(({ outcome }) => outcome === 'accepted').length
      const failure = gatewayFailure(isFailing(gateway), results)
      if (failure === null) continue
      // What failed now would fail for the rest too: the next run tries with one.
      await ctx.db
        .update(gateways)
        .set({ lastFailedAt: ctx.now(), lastFailure: failure })
        .where(eq(gateways.id, gatewayId))
      return accepted
    } finally {
      sender.close()
    }
  }
}

async function sendAll(
  ctx: Context,
  gateway: Gateway,
  claimed: readonly Claimed[],
  sender: Sender,
  appUrl: URL | undefined,
): Promise<Sent[]> {
  const waiting = [...claimed]
  const results: Sent[] = []
  const sendNext = async () => {
    for (let delivery = waiting.shift(); delivery; delivery = waiting.shift()) {
      const link = appUrl ? new URL(delivery.path, appUrl).href : null
      const result = await sender.send({ ...delivery, link }).catch((error: unknown): SendResult => {
        log.error({ err: error, deliveryId: delivery.id }, 'a message could not be sent')
        return { outcome: 'unsure', failure: 'interrupted', status: null }
      })
      await ctx.db.transaction((tx) => note(tx, ctx, gateway, delivery, result))
      results.push({ ...result, attempt: delivery.attempt })
    }
  }
  await Promise.all(Array.from({ length: deliveryLimits.batch.atOnce }, sendNext))
  return results
}

/** Records the result, unless the claim expired and another process has taken the delivery. */
async function note(tx: Transaction, ctx: Context, gateway: Gateway, delivery: Claimed, result: SendResult) {
  const now = ctx.now()
  const failure = result.outcome === 'accepted' ? null : result.failure
  await tx
    .update(deliveryAttempts)
    .set({ outcome: result.outcome, failure, status: result.status, endedAt: now })
    .where(eq(deliveryAttempts.id, delivery.attemptId))
  if (result.outcome === 'accepted')
    await tx.update(gateways).set({ lastAcceptedAt: now }).where(eq(gateways.id, gateway.id))
  const [mine] = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.id, delivery.id),
        eq(deliveries.state, 'queued'),
        eq(deliveries.gatewayId, gateway.id),
        eq(deliveries.attempts, delivery.attempt),
      ),
    )
    .for('update')
  if (!mine) return
  const at = { through: gateway.kind, gateway: gateway.name }
  if (result.outcome === 'accepted') {
    const { status, receipt } = result
    await tx
      .update(deliveries)
      .set({ ...ended, state: 'sent', failure: null, status, receipt, settledAt: now })
      .where(eq(deliveries.id, delivery.id))
    await recordDelivery(tx, ctx, 'report.delivery_sent', delivery, { ...at, status, ...(receipt && { receipt }) })
    return
  }
  const dueAt = result.outcome === 'permanent' ? null : nextAttempt(now, delivery.attempt)
  if (dueAt === null) return giveUp(tx, ctx, gateway, delivery, result)
  await tx
    .update(deliveries)
    .set({ dueAt, claimedUntil: null, failure: result.failure, status: result.status })
    .where(eq(deliveries.id, delivery.id))
}

const ended = { claimedUntil: null, link: null, version: sql`${deliveries.version} + 1` }

/** Plans the next channel. If an attempt may have reached the citizen, staff decide instead. */
async function giveUp(
  tx: Transaction,
  ctx: Context,
  { kind, name }: Gateway,
  delivery: Claimed,
  { outcome, failure, status }: Exclude<SendResult, { outcome: 'accepted' }>,
): Promise<void> {
  if (outcome === 'unsure' || delivery.mayHaveArrived || delivery.chosen !== null) {
    return fail(tx, ctx, delivery, failure, { through: kind, gateway: name, status })
  }
  return planAgain(tx, [delivery.id], { tried: [...delivery.tried, kind], attempts: 0 })
}
