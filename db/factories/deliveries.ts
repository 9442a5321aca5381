import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { deliveries, events, reporters } from '#db/schema/index.ts'
import type { DeliveryKind } from '#server/deliveries/rules/delivery.ts'
import { buildReport } from './reports.ts'

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

/** A report with an event that informs its reporter, and the delivery that the trigger has written. */
export async function buildTold(db: Connection, { kind = 'answer', at, contact, details, ...wanted }: WantedTold) {
  const report = await buildReport(db, { state: kind === 'question' ? 'awaiting_citizen' : 'answered', ...wanted })
  // Deliveries of the earlier history of the report are not under test.
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
