import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { deliveries, events, gateways, reporters } from '#db/schema/index.ts'
import type { DeliveryKind } from '#server/deliveries/rules/delivery.ts'
import { sealingOf } from '#server/deliveries/senders/sender.ts'
import { seal } from '#server/platform/sealed-text.ts'
import { buildReport } from './reports.ts'
import { unique } from './unique.ts'

type WantedGateway = Partial<typeof gateways.$inferInsert> & { plainSecret?: string }
export type BuiltGateway = typeof gateways.$inferSelect

/** A provider of short messages as one of them documents its API; of each kind there is one at a time. */
export async function buildGateway(
  db: Connection,
  { plainSecret = 'bi-mat', ...wanted }: WantedGateway = {},
): Promise<BuiltGateway> {
  const kind = wanted.kind ?? 'sms'
  const isTemplate = kind === 'sms' || kind === 'zalo'
  await db.update(gateways).set({ removedAt: new Date() }).where(eq(gateways.kind, kind))
  const [row] = await db
    .insert(gateways)
    .values({
      kind,
      name: unique('Cổng'),
      address: kind === 'mail' ? '' : 'https://sms.example/send',
      headers: isTemplate ? 'Authorization: Bearer {{secret}}' : '',
      body: isTemplate ? '{"to":"{{phone84}}","message":{"text":"{{text}}"},"ref":"{{key}}"}' : '',
      acceptedField: isTemplate ? 'status' : '',
      acceptedValue: isTemplate ? 'OK' : '',
      receiptField: isTemplate ? 'data.id' : '',
      perMinute: 6000,
      createdAt: new Date(),
      ...wanted,
    })
    .returning()
  if (!row) throw new Error('no gateway was written')
  if (kind === 'mail') return row
  const [sealed] = await db
    .update(gateways)
    .set({ secret: seal(plainSecret, sealingOf(row.id)) })
    .where(eq(gateways.id, row.id))
    .returning()
  return sealed as BuiltGateway
}

const tellingEvents: Record<Exclude<DeliveryKind, 'rating_reminder'>, { event: string; details: object }> = {
  answer: { event: 'report.answer_sent', details: { kind: 'answer' } },
  rejection: { event: 'report.answer_sent', details: { kind: 'rejection' } },
  passed_on: { event: 'report.answer_passed_on', details: {} },
  question: { event: 'report.citizen_asked', details: {} },
  notice: { event: 'report.notice_sent', details: {} },
}

type WantedTold = Parameters<typeof buildReport>[1] & {
  kind?: Exclude<DeliveryKind, 'rating_reminder'>
  at: Date
  contact?: Partial<Omit<typeof reporters.$inferInsert, 'reportId'>>
  details?: object
}

/** A report whose reporter was just told something, and its delivery, which the trigger has written. */
export async function buildTold(db: Connection, { kind = 'answer', at, contact, details, ...wanted }: WantedTold) {
  const report = await buildReport(db, { state: kind === 'question' ? 'awaiting_citizen' : 'answered', ...wanted })
  // What the history of the report tells is not what is looked at.
  await db.delete(deliveries).where(eq(deliveries.reportId, report.id))
  if (contact) {
    await db
      .insert(reporters)
      .values({ reportId: report.id, ...contact })
      .onConflictDoUpdate({ target: reporters.reportId, set: contact })
  }
  const telling = tellingEvents[kind]
  await db.insert(events).values({
    at,
    event: telling.event,
    subjectKind: 'report',
    reportId: report.id,
    actorKind: 'robot',
    agencyId: report.agencyId,
    details: { ...telling.details, ...details },
  })
  const [delivery] = await db.select().from(deliveries).where(eq(deliveries.reportId, report.id))
  if (!delivery) throw new Error('the trigger has written no delivery')
  return { report, delivery }
}
