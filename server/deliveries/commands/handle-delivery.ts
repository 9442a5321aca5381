import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { deliveries, gateways, reporters, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { revokeCitizenLinks } from '#server/citizen-links/links.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { type Planned, readPlanned } from '../queries/reached.ts'
import { type DeliveryAct, refusalReasonToAct } from '../rules/acts.ts'
import { waysTo } from '../rules/channels.ts'
import type { CorrectContact, chooseChannelInput, Seen, toldInput } from '../rules/schemas.ts'
import { isObsolete, planAgain } from './plan-deliveries.ts'
import { recordDelivery } from './record.ts'

type Row = typeof deliveries.$inferSelect
type Desk = { tx: Transaction; ctx: Context; row: Row; delivery: Planned }
type Done = { id: string; version: number }

/** Runs one act of intake on a delivery. The report must be in the scope of the actor. */
async function act(ctx: Context, name: DeliveryAct, seen: Seen, run: (desk: Desk) => Promise<void>): Promise<Done> {
  return ctx.db.transaction(async (tx) => {
    const actor = capacityFor(ctx.actor, (capacity) => mayUse(capacity, 'deliveries.handle'))
    if (!actor) throw new DomainError('forbidden')
    const [found] = await tx
      .select({ row: deliveries })
      .from(deliveries)
      .innerJoin(reports, eq(reports.id, deliveries.reportId))
      .where(and(eq(deliveries.id, seen.id), visibleTo(ctx.actor)))
      .for('update', { of: deliveries })
    if (!found) throw new DomainError('not_found')
    const { row } = found
    if (row.version !== seen.version) throw new DomainError('conflict', { version: row.version })
    const refusal = refusalReasonToAct(name, row.state)
    if (refusal) throw new DomainError(refusal)
    const [delivery] = await readPlanned(tx, sql`d.id = ${row.id}::uuid`)
    if (!delivery) throw new DomainError('not_found')
    // A corrected contact is useful for the other messages of the report.
    if (name !== 'correct_contact' && isObsolete(delivery)) throw new DomainError('delivery_obsolete')
    await run({ tx, ctx: { ...ctx, actor }, row, delivery })
    const [now] = await tx.select({ version: deliveries.version }).from(deliveries).where(eq(deliveries.id, row.id))
    return { id: row.id, version: now?.version ?? row.version }
  })
}

/** Starts again at the first channel, because the cause of a refusal may be gone. */
export const sendAgain = (ctx: Context, seen: Seen): Promise<Done> =>
  act(ctx, 'send_again', seen, async ({ tx, ctx: acting, delivery }) => {
    await repeat(tx, acting, delivery, { tried: [], chosen: null })
    await recordDelivery(tx, acting, 'report.delivery_repeated', delivery, {})
  })

/** Sends by the channel that staff choose. It must have a gateway and a contact. */
export const sendBy = (ctx: Context, { channel, ...seen }: z.output<typeof chooseChannelInput>): Promise<Done> =>
  act(ctx, 'send_by', seen, async ({ tx, ctx: acting, delivery }) => {
    if (channel === 'letter' ? !delivery.contact.address : !waysTo(delivery).includes(channel))
      throw new DomainError('delivery_no_contact')
    if (channel !== 'letter' && !(await hasGateway(tx, channel, delivery.clientId)))
      throw new DomainError('delivery_no_gateway')
    await repeat(tx, acting, delivery, { tried: [], chosen: channel })
    await recordDelivery(tx, acting, 'report.delivery_repeated', delivery, { through: channel })
  })

async function hasGateway(tx: Transaction, kind: typeof gateways.$inferSelect.kind, clientId: string | null) {
  const own = kind === 'app' ? eq(gateways.clientId, clientId ?? '') : undefined
  return (await tx.$count(gateways, and(eq(gateways.kind, kind), isNull(gateways.removedAt), own))) > 0
}

type Again = Pick<Row, 'tried' | 'chosen'>

/** The age of a message counts from the time at which staff send it again. */
async function repeat(tx: Transaction, { now }: Context, { id }: Planned, again: Again): Promise<void> {
  const fresh = { channel: null, attempts: 0, failure: null, status: null, settledAt: null, link: null }
  await planAgain(tx, [id], { ...fresh, ...again, dueAt: now(), since: now() })
}

/**
 * What is being sent to the wrong contact at this moment does not count: the process that sends it finds another number
 * of the attempt. It is sent once more, as another message, like what may have arrived there.
 */
async function sendOthersAnew(tx: Transaction, { now }: Context, reportId: number): Promise<void> {
  const isAddressed = and(eq(deliveries.state, 'queued'), gt(deliveries.attempts, 0))
  await tx
    .update(deliveries)
    .set({ attempts: sql`${deliveries.attempts} + 1`, since: now(), version: sql`${deliveries.version} + 1` })
    .where(and(eq(deliveries.reportId, reportId), isAddressed))
}

/**
 * Replaces the given contacts, revokes the links sent so far and sends again. Staff do not see the other contacts, so
 * this is not a disclosure.
 */
export const correctContact = (ctx: Context, { phone, email, address, ...seen }: CorrectContact): Promise<Done> =>
  act(ctx, 'correct_contact', seen, async ({ tx, ctx: acting, delivery }) => {
    const given = Object.entries({ phone, email, address }).filter(([, value]) => value !== '')
    const values = Object.fromEntries(given)
    await tx
      .insert(reporters)
      .values({ reportId: delivery.reportId, ...values })
      .onConflictDoUpdate({ target: reporters.reportId, set: values })
    // A link may have reached a stranger through the wrong contact.
    await revokeCitizenLinks(tx, delivery.reportId, acting.now())
    await sendOthersAnew(tx, acting, delivery.reportId)
    await repeat(tx, acting, delivery, { tried: [], chosen: null })
    await recordEvent(tx, acting, {
      event: 'report.contact_corrected',
      subject: { kind: 'report', id: delivery.reportId },
      agencyId: delivery.agencyId,
      // The log keeps which contacts were corrected, but not their values, because it cannot be erased.
      details: { deliveryId: delivery.id, corrected: given.map(([field]) => field) },
    })
  })

/** Records that the letter was posted or handed over. */
export const markPosted = (ctx: Context, seen: Seen): Promise<Done> =>
  act(ctx, 'mark_posted', seen, async (desk) => {
    await settle(desk, 'posted', { channel: 'letter' })
    await recordDelivery(desk.tx, desk.ctx, 'report.delivery_posted', desk.delivery, { through: 'letter' })
  })

/** Records that staff have informed the reporter in person, usually by telephone. */
export const markTold = (ctx: Context, { note, ...seen }: z.output<typeof toldInput>): Promise<Done> =>
  act(ctx, 'mark_told', seen, async (desk) => {
    await settle(desk, 'told', {})
    await recordDelivery(desk.tx, desk.ctx, 'report.delivery_told', desk.delivery, { note })
  })

async function settle({ tx, ctx, row }: Desk, state: 'posted' | 'told', changed: Partial<Row>): Promise<void> {
  await tx
    .update(deliveries)
    .set({
      ...changed,
      state,
      settledAt: ctx.now(),
      settledById: ctx.actor.id,
      link: null,
      version: sql`${deliveries.version} + 1`,
    })
    .where(eq(deliveries.id, row.id))
}
