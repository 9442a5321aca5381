import { and, count, eq, gt, inArray, isNotNull, isNull, min, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { apiClients, deliveries, deliveryAttempts, gateways } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { issueCitizenLink } from '#server/citizen-links/links.ts'
import { deliveryLimits } from '#server/platform/rules/limits.ts'
import { seal, unseal } from '#server/platform/sealed-text.ts'
import { readSettings } from '#server/platform/settings.ts'
import { type Planned, readPlanned } from '../queries/reached.ts'
import { isFailing } from '../rules/health.ts'
import { afterQuietHours } from '../rules/quiet.ts'
import type { Gateway } from '../senders/outgoing.ts'
import { fail, isObsolete, isTooOld, planAgain } from './plan-deliveries.ts'

const minute = 60_000

export type Claimed = Planned & {
  /**
   * The number of this attempt. After a claim has expired and been renewed it differs, and the slower process gives up.
   */
  attempt: number
  attemptId: number
  path: string
}

export type Claim = {
  gateway: Gateway
  claimed: Claimed[]
  /** Whether due deliveries were examined, even if all were postponed or settled: there may be more after them. */
  hasLooked: boolean
  /** The time at which the gateway or its rate limit allows the next due delivery. */
  openAt: Date | null
}

/**
 * Claims due deliveries for this process, within the rate limit of the gateway, and records their attempts before the
 * calls. One process at a time claims for a gateway. A failing gateway gets one message at a time until it works.
 */
export async function claimDeliveries(ctx: Context, gatewayId: string): Promise<Claim> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.now()
    const [gateway] = await tx.select().from(gateways).where(eq(gateways.id, gatewayId)).for('update')
    if (!gateway) throw new Error(`no gateway ${gatewayId}`)
    const isGone = gateway.removedAt !== null || (await isOfRevoked(tx, gateway))
    if (isGone) await giveBack(tx, ctx, gateway)
    const nothing = { gateway, claimed: [], hasLooked: false, openAt: null }
    if (isGone || gateway.pausedAt !== null) return nothing
    if (gateway.closedUntil !== null && gateway.closedUntil > now) return { ...nothing, openAt: gateway.closedUntil }
    const most = isFailing(gateway) ? 1 : deliveryLimits.batch.most
    const { sent, oldest } = await sentInMinute(tx, gatewayId, now)
    const slots = Math.min(most, gateway.perMinute - sent)
    const at = sql`${now.toISOString()}::timestamptz`
    if (slots <= 0) return { ...nothing, openAt: oldest && new Date(oldest.getTime() + minute) }
    const due = await readPlanned(
      tx,
      sql`d.state = 'queued' and d.gateway_id = ${gatewayId}::uuid and d.due_at <= ${at}
        and (d.claimed_until is null or d.claimed_until <= ${at})`,
      // The first attempt of a message says more about the gateway than the next one of a message that has failed.
      {
        first: isFailing(gateway) ? sql`d.attempts > 0,` : sql``,
        behind: sql`limit ${slots} for update of d skip locked`,
      },
    )
    const settings = await readSettings(tx)
    const claimed: Claimed[] = []
    for (const delivery of due) {
      const { id, severity } = delivery
      const dueAt = afterQuietHours(now, settings, { channel: gateway.kind, severity })
      if (isObsolete(delivery)) await planAgain(tx, [id], {})
      else if (isTooOld(delivery, now)) await fail(tx, ctx, delivery, 'too_old')
      else if (dueAt > now) await tx.update(deliveries).set({ dueAt }).where(eq(deliveries.id, id))
      else claimed.push(await claim(tx, gateway, delivery, now))
    }
    return { gateway, claimed, hasLooked: due.length > 0, openAt: null }
  })
}

async function isOfRevoked(tx: Transaction, { clientId }: Gateway): Promise<boolean> {
  if (clientId === null) return false
  return (await tx.$count(apiClients, and(eq(apiClients.id, clientId), isNotNull(apiClients.revokedAt)))) > 0
}

async function sentInMinute(tx: Transaction, gatewayId: string, now: Date) {
  const isOfMinute = gt(deliveryAttempts.at, new Date(now.getTime() - minute))
  const [counted] = await tx
    .select({ sent: count(), oldest: min(deliveryAttempts.at) })
    .from(deliveryAttempts)
    .where(and(eq(deliveryAttempts.gatewayId, gatewayId), isOfMinute))
  return counted ?? { sent: 0, oldest: null }
}

/** Nothing of a gateway that is gone is sent by another where it may have arrived: staff decide. */
async function giveBack(tx: Transaction, ctx: Context, { id, kind, name }: Gateway): Promise<void> {
  const behind = sql`for update of d`
  const left = await readPlanned(tx, sql`d.state = 'queued' and d.gateway_id = ${id}::uuid`, { behind })
  const unsure = left.filter((each) => each.mayHaveArrived && !isObsolete(each))
  for (const delivery of unsure) {
    await fail(tx, ctx, delivery, delivery.failure ?? 'interrupted', { through: kind, gateway: name })
  }
  const others = left.filter((each) => !unsure.includes(each))
  const ids = others.map((each) => each.id)
  await planAgain(tx, ids, {})
}

async function claim(tx: Transaction, gateway: Gateway, delivery: Planned, now: Date): Promise<Claimed> {
  const { id, reportId } = delivery
  // The process that had claimed it is dead, so whether the message was sent is unknown.
  await tx
    .update(deliveryAttempts)
    .set({ outcome: 'unsure', failure: 'interrupted', endedAt: now })
    .where(and(eq(deliveryAttempts.deliveryId, id), isNull(deliveryAttempts.outcome)))
  const sealing = { use: 'citizen links', owner: id }
  const known = delivery.link === null ? null : unseal(delivery.link, sealing)
  const path = known ?? (await issueCitizenLink(tx, reportId, { now }))
  const attempt = delivery.attempts + 1
  const claimedUntil = new Date(now.getTime() + deliveryLimits.batch.claimSeconds * 1000)
  await tx
    .update(deliveries)
    .set({ attempts: attempt, claimedUntil, link: known === null ? seal(path, sealing) : delivery.link })
    .where(inArray(deliveries.id, [id]))
  const [written] = await tx
    .insert(deliveryAttempts)
    .values({ deliveryId: id, gatewayId: gateway.id, at: now })
    .returning({ id: deliveryAttempts.id })
  if (!written) throw new Error('no attempt was written')
  return { ...delivery, attempt, attemptId: written.id, path }
}
