import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { gateways } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import { deliveryLimits } from '#server/platform/rules/limits.ts'
import type { SendResult } from '../rules/delivery.ts'
import { gatewayFailure, isFailing } from '../rules/health.ts'
import type { Gateway, Sender } from '../senders/outgoing.ts'
import { type Outside, outside, senderFor } from '../senders/sender.ts'
import { type Claimed, claimDeliveries } from './claim-deliveries.ts'
import { noteAttempt, release, settleFailed, type Tried } from './settle-attempts.ts'

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
      const batch = await sendAll(ctx, gateway, claimed, sender, out.appUrl)
      accepted += batch.filter(({ result }) => result.outcome === 'accepted').length
      const sent = batch.map(({ delivery, result }) => ({ ...result, attempt: delivery.attempt }))
      const failure = gatewayFailure(isFailing(gateway), sent)
      const asked = Math.max(...batch.map(({ result }) => secondsAskedBy(result)))
      const closed = asked > 0 && { closedUntil: new Date(ctx.now().getTime() + asked * 1000) }
      const failed = failure !== null && { lastFailedAt: ctx.now(), lastFailure: failure }
      if (closed || failed)
        await ctx.db
          .update(gateways)
          .set({ ...closed, ...failed })
          .where(eq(gateways.id, gatewayId))
      await settleFailed(ctx, gateway, batch, failure !== null)
      // What failed now would fail for the rest too: the next run tries with one.
      if (failure !== null) return accepted
    } finally {
      sender.close()
    }
  }
}

const secondsAskedBy = (result: SendResult): number => (result.outcome === 'accepted' ? 0 : (result.askedSeconds ?? 0))

/** Sends a batch, until the gateway asks for a pause. Returns what was tried, in the order of the batch. */
async function sendAll(
  ctx: Context,
  gateway: Gateway,
  claimed: readonly Claimed[],
  sender: Sender,
  appUrl: URL | undefined,
): Promise<Tried[]> {
  const waiting = [...claimed]
  const tried = new Map<string, Tried>()
  const sendNext = async () => {
    for (let delivery = waiting.shift(); delivery; delivery = waiting.shift()) {
      const link = appUrl ? new URL(delivery.path, appUrl).href : null
      const result = await sender.send({ ...delivery, link }).catch((error: unknown): SendResult => {
        log.error({ err: error, deliveryId: delivery.id }, 'a message could not be sent')
        return { outcome: 'unsure', failure: 'interrupted', status: null }
      })
      await noteAttempt(ctx, gateway, { delivery, result })
      tried.set(delivery.id, { delivery, result })
      if (secondsAskedBy(result) > 0) await release(ctx, gateway, waiting.splice(0))
    }
  }
  await Promise.all(Array.from({ length: deliveryLimits.batch.atOnce }, sendNext))
  return claimed.flatMap(({ id }) => tried.get(id) ?? [])
}
