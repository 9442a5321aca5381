import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { deliveries, deliveryAttempts, gateways } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { SendResult } from '../rules/delivery.ts'
import { nextAttempt } from '../rules/retries.ts'
import type { Gateway } from '../senders/outgoing.ts'
import type { Claimed } from './claim-deliveries.ts'
import { fail, planAgain } from './plan-deliveries.ts'
import { recordDelivery } from './record.ts'

/** A message that was sent, or tried. */
export type Tried = { delivery: Claimed; result: SendResult }
type Failed = Exclude<SendResult, { outcome: 'accepted' }>

/** Records how an attempt ended. What it means for a message that can be sent again is known after the whole batch. */
export async function noteAttempt(ctx: Context, gateway: Gateway, { delivery, result }: Tried): Promise<void> {
  const now = ctx.now()
  await ctx.db.transaction(async (tx) => {
    await tx
      .update(deliveryAttempts)
      .set({
        outcome: result.outcome,
        failure: result.outcome === 'accepted' ? null : result.failure,
        status: result.status,
        receipt: result.outcome === 'accepted' ? result.receipt : null,
        endedAt: now,
      })
      .where(eq(deliveryAttempts.id, delivery.attemptId))
    if (result.outcome === 'permanent' && (await isMine(tx, gateway, delivery)))
      return giveUp(tx, ctx, gateway, delivery, result)
    if (result.outcome !== 'accepted') return
    await tx.update(gateways).set({ lastAcceptedAt: now }).where(eq(gateways.id, gateway.id))
    if (!(await isMine(tx, gateway, delivery))) return
    const { status, receipt } = result
    await tx
      .update(deliveries)
      .set({ ...ended, state: 'sent', failure: null, status, receipt, settledAt: now })
      .where(eq(deliveries.id, delivery.id))
    const at = { through: gateway.kind, gateway: gateway.name }
    await recordDelivery(tx, ctx, 'report.delivery_sent', delivery, { ...at, status, ...(receipt && { receipt }) })
  })
}

const ended = { claimedUntil: null, link: null, version: sql`${deliveries.version} + 1` }

/**
 * Decides about the messages of a batch that can be sent again. An outage costs only the first of them an attempt: the
 * others were on their way before it was known.
 */
export async function settleFailed(
  ctx: Context,
  gateway: Gateway,
  batch: readonly Tried[],
  isOutage: boolean,
): Promise<void> {
  let isFirst = true
  for (const { delivery, result } of batch) {
    if (result.outcome === 'accepted' || result.outcome === 'permanent') continue
    const isSpared = isOutage && !isFirst
    isFirst = false
    await ctx.db.transaction((tx) => postpone(tx, ctx, gateway, { delivery, result, isSpared }))
  }
}

async function postpone(
  tx: Transaction,
  ctx: Context,
  gateway: Gateway,
  { delivery, result, isSpared }: { delivery: Claimed; result: Failed; isSpared: boolean },
): Promise<void> {
  if (!(await isMine(tx, gateway, delivery))) return
  const { failure, status, askedSeconds } = result
  const spared = delivery.spared + (isSpared ? 1 : 0)
  const dueAt = nextAttempt(ctx.now(), isSpared ? 0 : delivery.attempt - spared, askedSeconds)
  if (dueAt === null) return giveUp(tx, ctx, gateway, delivery, result)
  await tx
    .update(deliveries)
    .set({ dueAt, claimedUntil: null, failure, status, spared })
    .where(eq(deliveries.id, delivery.id))
}

/** Whether this process still has the message: the claim may have expired and another process have taken it. */
async function isMine(tx: Transaction, gateway: Gateway, { id, attempt }: Claimed): Promise<boolean> {
  const [mine] = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(isClaimed(gateway, { id, attempt }))
    .for('update')
  return mine !== undefined
}

const isClaimed = (gateway: Gateway, { id, attempt }: Pick<Claimed, 'id' | 'attempt'>) =>
  and(
    eq(deliveries.id, id),
    eq(deliveries.state, 'queued'),
    eq(deliveries.gatewayId, gateway.id),
    eq(deliveries.attempts, attempt),
  )

/** Returns messages of a batch that were not sent because the gateway asked for a pause: these were no attempts. */
export async function release(ctx: Context, gateway: Gateway, unsent: readonly Claimed[]): Promise<void> {
  for (const { id, attempt, attemptId } of unsent) {
    await ctx.db.transaction(async (tx) => {
      await tx
        .update(deliveries)
        .set({ claimedUntil: null, attempts: attempt - 1 })
        .where(isClaimed(gateway, { id, attempt }))
      await tx.delete(deliveryAttempts).where(eq(deliveryAttempts.id, attemptId))
    })
  }
}

/** Plans the next channel. If an attempt may have reached the citizen, staff decide instead. */
async function giveUp(
  tx: Transaction,
  ctx: Context,
  { kind, name }: Gateway,
  delivery: Claimed,
  { outcome, failure, status }: Failed,
): Promise<void> {
  if (outcome === 'unsure' || delivery.mayHaveArrived || delivery.chosen !== null) {
    return fail(tx, ctx, delivery, failure, { through: kind, gateway: name, status })
  }
  return planAgain(tx, [delivery.id], { tried: [...delivery.tried, kind], attempts: 0 })
}
