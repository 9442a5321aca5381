import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { apiClients, deliveries, gateways } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { deliveryLimits } from '#server/platform/rules/limits.ts'
import type { Settings } from '#server/platform/rules/settings.ts'
import { readSettings } from '#server/platform/settings.ts'
import { isSuperseded, isUndone, type Planned, readPlanned } from '../queries/reached.ts'
import { chooseChannel } from '../rules/channels.ts'
import type { DeliveryChannel, DeliveryFailure } from '../rules/delivery.ts'
import { afterQuietHours } from '../rules/quiet.ts'
import { recordDelivery } from './record.ts'

const batch = 200
const day = 86_400_000

type Gateway = { id: string; kind: DeliveryChannel; clientId: string | null; isPaused: boolean }

/**
 * Chooses the channel of each due delivery: it is queued for a gateway, becomes a letter, or becomes work for intake.
 * In a city without gateways all deliveries wait. Returns the number of decisions.
 */
export async function planDeliveries(ctx: Context): Promise<number> {
  const { db, now } = ctx
  const open: Gateway[] = await db
    .select({
      id: gateways.id,
      kind: gateways.kind,
      clientId: gateways.clientId,
      isPaused: sql<boolean>`${gateways.pausedAt} is not null`,
    })
    .from(gateways)
    .leftJoin(apiClients, eq(apiClients.id, gateways.clientId))
    .where(and(isNull(gateways.removedAt), isNull(apiClients.revokedAt)))
  await bringBack(ctx)
  await dropObsolete(ctx, open.length === 0)
  if (open.length === 0) return 0
  const settings = await readSettings(db)
  let planned = 0
  for (;;) {
    const decided = await db.transaction(async (tx) => {
      const behind = sql`limit ${batch} for update of d skip locked`
      const due = await readPlanned(tx, isToBePlanned(now(), open), { behind })
      for (const delivery of due) await planOne(tx, ctx, delivery, { open, settings })
      return due.length
    })
    planned += decided
    if (decided < batch) return planned
  }
}

/** What is due, and what became too old at a gateway that is paused: nobody takes it from there. */
function isToBePlanned(now: Date, open: readonly Gateway[]): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  const isDue = sql`d.state = 'waiting' and d.due_at <= ${at}`
  const paused = open.filter(({ isPaused }) => isPaused).map(({ id }) => sql`${id}::uuid`)
  if (paused.length === 0) return isDue
  return sql`(${isDue} or d.state = 'queued' and d.gateway_id in (${sql.join(paused, sql`, `)})
    and d.since < ${at} - make_interval(days => ${deliveryLimits.staleDays}))`
}

/**
 * A reply or a merge can be taken back, and the citizen is asked again by the question that stands: its message waits
 * again, or is the work that it was where a gateway had failed with it.
 */
async function bringBack({ db }: Context): Promise<void> {
  await db.execute(sql`
    update deliveries set settled_at = null, version = deliveries.version + 1,
      state = case when gateway_id is null or failure is null then 'waiting' else 'failed' end
    from reports
    where reports.id = report_id and kind = 'question' and deliveries.state = 'cancelled'
      and reports.state = 'awaiting_citizen' and failure is distinct from 'too_old'
      and event_id = (
        select max(asked.id) from events asked
        where asked.report_id = reports.id and asked.event = 'report.citizen_asked' and not exists (
          select from events undoing where undoing.report_id = asked.report_id and undoing.id > asked.id
            and undoing.details -> 'undoes' = to_jsonb(asked.version)))`)
}

/**
 * Cancels undelivered messages that no longer apply, such as questions that have been answered. In a city without
 * gateways it cancels deliveries that are too old, without an event, so that the first gateway does not start with a
 * long list of failures.
 */
async function dropObsolete({ db, now }: Context, isWithoutGateways: boolean): Promise<void> {
  const at = sql`${now().toISOString()}::timestamptz`
  await db.execute(sql`
    update deliveries d set state = 'cancelled', failure = nullif(failure, 'too_old'), settled_at = ${at},
      version = d.version + 1
    from reports
    where reports.id = d.report_id and d.state in ('failed', 'letter')
      and (d.kind = 'question' and reports.state <> 'awaiting_citizen' or ${isUndone} or ${isSuperseded})`)
  if (!isWithoutGateways) return
  await db.execute(sql`
    update deliveries set state = 'cancelled', failure = 'too_old', settled_at = ${at}, version = version + 1
    where state = 'waiting' and due_at <= ${at} and since < ${at} - make_interval(days => ${deliveryLimits.staleDays})`)
}

async function planOne(
  tx: Transaction,
  ctx: Context,
  delivery: Planned,
  { open, settings }: { open: readonly Gateway[]; settings: Settings },
): Promise<void> {
  const now = ctx.now()
  if (isObsolete(delivery)) {
    // Without a failure, so that a reminder can be planned again.
    return settle(tx, ctx, delivery, 'cancelled', delivery.kind === 'rating_reminder' ? null : delivery.failure)
  }
  if (isTooOld(delivery, now)) return fail(tx, ctx, delivery, 'too_old')
  const reaching = open.filter(({ kind, clientId }) => kind !== 'app' || clientId === delivery.clientId)
  const channel = delivery.chosen ?? chosenChannel(delivery, reaching)
  if (channel === 'no_contact') return settle(tx, ctx, delivery, 'no_contact')
  if (channel === 'no_channel') return fail(tx, ctx, delivery, 'no_channel')
  if (channel === 'letter') return write(tx, delivery, { state: 'letter', channel, gatewayId: null })
  const gateway = reaching.find(({ kind }) => kind === channel)
  if (!gateway) return fail(tx, ctx, delivery, 'no_channel')
  const dueAt = afterQuietHours(now, settings, { channel, severity: delivery.severity })
  return write(tx, delivery, { state: 'queued', channel, gatewayId: gateway.id, dueAt, ...fresh })
}

const fresh = { attempts: 0, spared: 0, failure: null }

/** By a gateway that is paused, and so later, only where no other can send it. */
function chosenChannel(delivery: Planned, reaching: readonly Gateway[]) {
  const choose = (by: readonly Gateway[]) =>
    chooseChannel(delivery, delivery.kind, { open: by.map(({ kind }) => kind), tried: delivery.tried })
  const { channel } = choose(reaching.filter(({ isPaused }) => !isPaused))
  if (channel !== null && channel !== 'letter') return channel
  const choice = choose(reaching)
  return choice.channel ?? choice.because
}

/**
 * Whether the message no longer applies: its event was undone, there is a later answer, the citizen has replied, or has
 * rated.
 */
export function isObsolete({ kind, state, isUndone, isSuperseded, isRated }: Planned): boolean {
  if (isUndone || isSuperseded) return true
  if (kind === 'question') return state !== 'awaiting_citizen'
  return kind === 'rating_reminder' && (isRated || state !== 'answered')
}

export const isTooOld = ({ since }: Pick<Planned, 'since'>, now: Date): boolean =>
  since.getTime() < now.getTime() - deliveryLimits.staleDays * day

type Changed = Partial<typeof deliveries.$inferInsert>

async function write(tx: Transaction, { id }: Planned, changed: Changed): Promise<void> {
  await tx
    .update(deliveries)
    .set({ ...changed, claimedUntil: null, version: sql`${deliveries.version} + 1` })
    .where(eq(deliveries.id, id))
}

async function settle(
  tx: Transaction,
  { now }: Context,
  delivery: Planned,
  state: 'cancelled' | 'no_contact',
  failure = delivery.failure,
) {
  await write(tx, delivery, { state, settledAt: now(), link: null, failure })
}

/** A failed reminder is cancelled: staff do not call reporters to ask for a rating. */
export async function fail(
  tx: Transaction,
  ctx: Context,
  delivery: Planned,
  failure: DeliveryFailure,
  more: { through?: DeliveryChannel; gateway?: string; status?: string | null } = {},
): Promise<void> {
  const { status = null, ...where } = more
  if (delivery.kind === 'rating_reminder') return settle(tx, ctx, delivery, 'cancelled', failure)
  await write(tx, delivery, { state: 'failed', failure, status, link: null })
  await recordDelivery(tx, ctx, 'report.delivery_failed', delivery, { ...where, failure })
}

/** Returns deliveries to planning, for the next channel or the one that staff chose. */
export async function planAgain(tx: Transaction, ids: readonly string[], changed: Changed): Promise<void> {
  if (ids.length === 0) return
  await tx
    .update(deliveries)
    .set({ state: 'waiting', gatewayId: null, claimedUntil: null, ...changed, version: sql`${deliveries.version} + 1` })
    .where(and(inArray(deliveries.id, [...ids])))
}
