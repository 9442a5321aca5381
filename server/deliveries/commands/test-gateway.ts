import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { gateways } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { mailOf, mobileOf } from '../rules/channels.ts'
import type { SendResult } from '../rules/delivery.ts'
import type { testGatewayInput } from '../rules/schemas.ts'
import { type Outside, outside, senderFor } from '../senders/sender.ts'
import { lockGateway } from './keep-gateways.ts'

/**
 * Sends a test message to a number or address of the administrator, also by a paused gateway. The log keeps the result
 * but not the number.
 */
export async function testGateway(
  ctx: Context,
  { to, ...seen }: z.output<typeof testGatewayInput>,
  out: Outside = outside(),
): Promise<SendResult> {
  const gateway = await ctx.db.transaction((tx) => lockGateway(tx, ctx, seen))
  const contact = { name: null, phone: to, email: to, address: null }
  if (gateway.kind === 'mail' && mailOf(contact) === null) throw new DomainError('gateway_test_mail')
  if ((gateway.kind === 'sms' || gateway.kind === 'zalo') && mobileOf(contact) === null)
    throw new DomainError('gateway_test_phone')
  const id = randomUUID()
  const keys = { id, key: id }
  const sender = senderFor(gateway, ctx.now, out)
  const result = await sender
    .send({ ...keys, kind: 'answer', code: 'HN-000000-0000', sourceKey: null, contact, link: null })
    .finally(() => sender.close())
  const failure = result.outcome === 'accepted' ? null : result.failure
  await ctx.db.transaction(async (tx) => {
    const seenNow =
      failure === null
        ? { lastAcceptedAt: ctx.now(), closedUntil: null }
        : { lastFailedAt: ctx.now(), lastFailure: failure }
    await tx.update(gateways).set(seenNow).where(eq(gateways.id, gateway.id))
    await recordEvent(tx, ctx, {
      event: 'gateway.tested',
      subject: { kind: 'gateway', id: gateway.id },
      details: { status: result.status, ...(failure && { failure }) },
    })
  })
  return result
}
