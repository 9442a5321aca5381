import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { deliveries, deliveryAttempts, gateways } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { hashOfToken } from '#server/citizen-links/links.ts'
import { type Planned, readPlanned } from '../queries/reached.ts'
import type { ReportedState } from '../rules/receipts.ts'
import type { Gateway } from '../senders/outgoing.ts'
import { fail, planAgain } from './plan-deliveries.ts'
import { recordDelivery } from './record.ts'

/** The gateway whose provider reports with this token. */
export async function gatewayWithToken(db: Connection, token: string): Promise<Gateway | null> {
  const isTheirs = and(eq(gateways.receiptHash, hashOfToken(token)), isNull(gateways.removedAt))
  const [gateway] = await db.select().from(gateways).where(isTheirs)
  return gateway ?? null
}

/**
 * Records what the provider reports about a message that it had accepted: the first final report counts, repetitions
 * change nothing. Returns whether the message is known.
 */
export async function takeReceipt(
  ctx: Context,
  gateway: Gateway,
  { number, state }: { number: string; state: ReportedState | null },
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const [attempt] = await tx
      .select()
      .from(deliveryAttempts)
      .where(and(eq(deliveryAttempts.gatewayId, gateway.id), eq(deliveryAttempts.receipt, number)))
      .orderBy(desc(deliveryAttempts.at), desc(deliveryAttempts.id))
      .limit(1)
      .for('update')
    if (!attempt) return false
    if (state === null || attempt.reported !== null) return true
    await tx.update(deliveryAttempts).set({ reported: state }).where(eq(deliveryAttempts.id, attempt.id))
    // Not a message that staff have sent again meanwhile.
    const [delivery] = await readPlanned(
      tx,
      sql`d.id = ${attempt.deliveryId}::uuid and d.state = 'sent' and d.gateway_id = ${gateway.id}::uuid
        and d.receipt = ${number}`,
      { behind: sql`for update of d` },
    )
    if (!delivery) return true
    const at = { through: gateway.kind, gateway: gateway.name }
    if (state === 'delivered') {
      await recordDelivery(tx, ctx, 'report.delivery_confirmed', delivery, { ...at, receipt: number })
    } else await refuse(tx, ctx, gateway, delivery)
    return true
  })
}

/**
 * The message did not arrive: it takes the next channel. Where staff had chosen this one, or an earlier attempt may
 * have arrived, they decide.
 */
async function refuse(tx: Transaction, ctx: Context, { kind, name }: Gateway, delivery: Planned): Promise<void> {
  const at = { through: kind, gateway: name }
  const unsent = { settledAt: null, receipt: null, status: null }
  await tx.update(deliveries).set(unsent).where(eq(deliveries.id, delivery.id))
  if (delivery.chosen !== null || delivery.mayHaveArrived) return fail(tx, ctx, delivery, 'number_refused', at)
  await recordDelivery(tx, ctx, 'report.delivery_failed', delivery, { ...at, failure: 'number_refused' })
  await planAgain(tx, [delivery.id], { tried: [...delivery.tried, kind], attempts: 0, dueAt: ctx.now() })
}
