import type { Transaction } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import type { DeliveryKind } from '../rules/delivery.ts'

type Told = { id: string; reportId: number; agencyId: string | null; kind: DeliveryKind }
type Happened =
  | 'report.delivery_sent'
  | 'report.delivery_confirmed'
  | 'report.delivery_failed'
  | 'report.delivery_repeated'
  | 'report.delivery_posted'
  | 'report.delivery_told'

/** Records the outcome of a delivery on the timeline. State and version of the report do not change. */
export async function recordDelivery(
  tx: Transaction,
  ctx: Context,
  event: Happened,
  { id, reportId, agencyId, kind }: Told,
  details: EventDetails,
): Promise<void> {
  await recordEvent(tx, ctx, {
    event,
    subject: { kind: 'report', id: reportId },
    agencyId,
    details: { deliveryId: id, told: kind, ...details },
  })
}
