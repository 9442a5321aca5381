import { setTimeout as pause } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { webhookAttempts, webhookDeliveries, webhooks } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { callOutside } from '#server/outbound/call.ts'
import { waitAfter } from '#server/outbound/rules/backoff.ts'
import type { CallResult } from '#server/outbound/rules/call-result.ts'
import { signatureHeaders } from '#server/outbound/signature.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import { outboundLimits, webhookLimits } from '#server/platform/rules/limits.ts'
import { signingSecrets } from '../queries/secrets.ts'
import { type DeliveryFailure, failingSince, isDisabling, messageId } from '../rules/webhook.ts'
import { disableWebhook } from './disable.ts'
import { prepareDeliveries } from './prepare.ts'

type Claimed = { id: string; webhookId: string; address: string; body: string; tries: number }
export type Tried = Omit<CallResult, 'failure'> & { failure: DeliveryFailure | null }

type Settings = {
  call?: typeof callOutside
  /** After this time no new tries start; running tries end normally. */
  seconds?: number
}

/**
 * Prepares and sends deliveries until none is due. Calls run in parallel with a limit for each webhook, which is
 * counted in the database and so holds over all workers. A slow receiver therefore does not delay others, unless many
 * slow receivers use up the total limit; then the others wait until a call has timed out. Deliveries claimed by a dead
 * worker are sent again later with the same id. Returns the number of tries.
 */
export async function sendWebhooks(ctx: Context, settings: Settings = {}): Promise<number> {
  const { seconds = webhookLimits.runSeconds } = settings
  const until = ctx.now().getTime() + seconds * 1000
  const underWay = new Set<Promise<unknown>>()
  const failed: unknown[] = []
  let tries = 0
  for (;;) {
    await prepareDeliveries(ctx)
    const mayBegin = ctx.now().getTime() < until
    const free = webhookLimits.atOnce.inAll - underWay.size
    const claimed = mayBegin && free > 0 ? await claim(ctx, free) : []
    for (const delivery of claimed) {
      tries += 1
      const sending: Promise<unknown> = send(ctx, delivery, settings.call ?? callOutside)
        .catch((error: unknown) => failed.push(error))
        .finally(() => underWay.delete(sending))
      underWay.add(sending)
    }
    if (underWay.size === 0) break
    const look = new AbortController()
    const again = pause(webhookLimits.lookAgainMillis, undefined, { signal: look.signal }).catch(() => undefined)
    await Promise.race([...underWay, again])
    look.abort()
  }
  await queueNext(ctx)
  if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed, 'several could not be sent')
  return tries
}

/**
 * Claims due deliveries of active webhooks, within the limit of each. Webhooks with the fewest running calls come
 * first, so that slow receivers do not take every place that becomes free.
 */
async function claim({ db, now }: Context, most: number): Promise<Claimed[]> {
  const at = sql`${now().toISOString()}::timestamptz`
  const until = sql`${at} + ${webhookLimits.claimSeconds} * interval '1 second'`
  return db.transaction(async (tx) => {
    // Serialises claims: otherwise two workers could count the running calls before either adds its own.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('claim_webhooks'))`)
    return tx.execute<Claimed>(sql`
    with due as materialized (
      select d.id, w.address from webhooks w
      cross join lateral (
        select count(*) as busy from webhook_deliveries c
        where c.webhook_id = w.id and c.state = 'waiting' and c.claimed_until > ${at}
      ) held
      cross join lateral (
        select d.id, d.next_try_at from webhook_deliveries d
        where d.webhook_id = w.id and d.state = 'waiting' and d.next_try_at <= ${at}
          and (d.claimed_until is null or d.claimed_until <= ${at})
        order by d.next_try_at, d.id limit greatest(0, ${webhookLimits.atOnce.perWebhook} - held.busy)
      ) d
      where w.state = 'active' and not exists (
        select from api_clients c where c.id = w.client_id and c.revoked_at is not null)
      order by held.busy, d.next_try_at limit ${most}
    ), free as (
      select d.id from webhook_deliveries d
      where d.id in (select id from due) and d.state = 'waiting' for update skip locked
    )
    update webhook_deliveries d set claimed_until = ${until} from due, free where d.id = due.id and d.id = free.id
    returning d.id, d.webhook_id as "webhookId", due.address, d.body, d.tries`)
  })
}

async function send(ctx: Context, delivery: Claimed, call: typeof callOutside): Promise<void> {
  const { id, webhookId, tries } = delivery
  const tried = await tryOnce(ctx, delivery, call)
  await ctx.db.transaction(async (tx) => {
    // Before its delivery, as everywhere, so that neither waits for the other where it is ended or resumed meanwhile.
    const [webhook] = await tx.select().from(webhooks).where(eq(webhooks.id, webhookId)).for('no key update')
    const at = ctx.now()
    await tx.insert(webhookAttempts).values(attemptOf(id, tried, at))
    const told = { failure: tried.failure, status: tried.status, claimedUntil: null, tries: tries + 1 }
    if (tried.failure === null) {
      const done = { state: 'delivered' as const, deliveredAt: at, nextTryAt: null }
      await tx
        .update(webhookDeliveries)
        .set({ ...told, ...done })
        .where(eq(webhookDeliveries.id, id))
      await tx.update(webhooks).set({ lastSuccessAt: at, failingSince: null }).where(eq(webhooks.id, webhookId))
      return
    }
    const isGone = tried.failure === 'gone'
    const wait = isGone
      ? null
      : waitAfter(
          { tries: tries + 1, chance: Math.random(), retryAfterSeconds: tried.retryAfterSeconds },
          outboundLimits.backoff,
        )
    const next =
      wait === null ? { state: 'dead' as const, nextTryAt: null } : { nextTryAt: new Date(at.getTime() + wait) }
    // A delivery that has ended meanwhile keeps its state.
    const isStill = sql`${webhookDeliveries.id} = ${id} and ${webhookDeliveries.state} = 'waiting'`
    await tx
      .update(webhookDeliveries)
      .set({ ...told, ...next })
      .where(isStill)
    if (webhook?.state !== 'active') return
    const since = failingSince({ ...webhook, at }, webhookLimits)
    await tx.update(webhooks).set({ failingSince: since, lastFailedAt: at }).where(eq(webhooks.id, webhookId))
    if (isDisabling({ since, at, isGone }, webhookLimits)) {
      await disableWebhook(tx, ctx, { ...webhook, failingSince: since }, tried.failure)
    }
  })
}

/** Makes one call, signed for the current time. */
export async function tryOnce(
  ctx: Context,
  { id, webhookId, address, body }: Pick<Claimed, 'id' | 'webhookId' | 'address' | 'body'>,
  call: typeof callOutside,
): Promise<Tried> {
  const secrets = await signingSecrets(ctx.db, webhookId, ctx.now())
  if (secrets.length === 0) return { ...notCalled, failure: 'no_secret' }
  const signature = signatureHeaders({ id: messageId(id), sentAt: ctx.now(), body }, secrets)
  const headers = { 'content-type': 'application/json; charset=utf-8', ...signature }
  try {
    return await call({ address, method: 'POST', headers, body })
  } catch (error) {
    // A defect of the desk counts as a failed try: otherwise a webhook without any arriving delivery would look
    // healthy.
    log.error({ err: error, deliveryId: id }, 'a webhook could not be called')
    return { ...notCalled, failure: 'desk_failed' }
  }
}

const notCalled = { status: null, connected: false, body: '', cut: false, retryAfterSeconds: null, millis: 0 }

export const attemptOf = (deliveryId: string, tried: Tried, at: Date): typeof webhookAttempts.$inferInsert => ({
  deliveryId,
  at,
  failure: tried.failure,
  status: tried.status,
  // PostgreSQL texts cannot contain NUL.
  answer: tried.body.slice(0, webhookLimits.answerCharacters).replaceAll('\0', ''),
  answerCut: tried.cut || tried.body.length > webhookLimits.answerCharacters,
  millis: tried.millis,
})

/** The next try may be due before the schedule comes round, or what could be taken back until then. */
async function queueNext({ db, now }: Context): Promise<void> {
  const [next] = await db.execute<{ at: string | null }>(sql`
    select least(min(d.next_try_at), (
      select greatest(min(due_at), ${now().toISOString()}::timestamptz + interval '1 second') from webhook_marks)) as at
    from webhooks w
    cross join lateral (
      select d.next_try_at from webhook_deliveries d
      where d.webhook_id = w.id and d.state = 'waiting'
        and (d.claimed_until is null or d.claimed_until <= ${now().toISOString()}::timestamptz)
      order by d.next_try_at limit 1
    ) d
    where w.state = 'active'`)
  if (!next?.at) return
  const runAt = new Date(next.at)
  if (runAt.getTime() - now().getTime() > 60_000) return
  await queueJob(db, 'send_webhooks', {}, { runAt, jobKey: 'send_webhooks_soon', line: 'send_webhooks' })
}
