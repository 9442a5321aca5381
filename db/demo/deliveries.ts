import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accounts, deliveries, deliveryAttempts, events, gateways, reports } from '#db/schema/index.ts'
import type { deliveryStates } from '#server/deliveries/rules/delivery.ts'

type Row = typeof deliveries.$inferInsert
type Shown = Partial<Row> & { state: (typeof deliveryStates)[number]; by?: 'sms' | 'mail' }

const minute = 60_000

/** One delivery of each outcome, and some more for the work list of the intake. */
const shown: readonly Shown[] = [
  { state: 'sent', by: 'sms', status: '200', receipt: 'SM-240907-0113' },
  { state: 'sent', by: 'mail', status: '250 2.0.0', receipt: '4WJx1N0mZVz9' },
  { state: 'queued', by: 'sms' },
  { state: 'queued', by: 'mail' },
  { state: 'failed', by: 'sms', failure: 'number_refused', status: '200', attempts: 1 },
  { state: 'failed', by: 'mail', failure: 'mail_refused', status: '550', attempts: 1 },
  { state: 'failed', failure: 'no_channel' },
  { state: 'letter', channel: 'letter' },
  { state: 'letter', channel: 'letter' },
  { state: 'posted', channel: 'letter' },
  { state: 'no_contact' },
]

/**
 * Writes gateways of the demo city, all of them paused so that no message is sent, and deliveries of its latest answers
 * with their proof on the timeline. Deliveries that the continued history of the city creates are not sent either.
 */
export async function writeDeliveries(db: Database, today: Date): Promise<void> {
  await db
    .delete(deliveries)
    .where(
      sql`${deliveries.state} = 'waiting' and ${deliveries.reportId} in (select id from reports where source = 'demo')`,
    )
  if ((await db.$count(gateways)) > 0) return
  const template = { headers: 'Authorization: Bearer {{secret}}', acceptedField: 'status', acceptedValue: 'OK' }
  const made = await db
    .insert(gateways)
    .values([
      {
        kind: 'sms',
        name: 'SMS Brandname',
        address: 'https://sms.example.vn/v1/send',
        ...template,
        body: '{"to":"{{phone84}}","text":"{{text}}","requestId":"{{key}}"}',
        receiptField: 'data.id',
        perMinute: 120,
        createdAt: today,
        pausedAt: today,
      },
      { kind: 'mail', name: 'Thư điện tử của Thành phố', perMinute: 60, createdAt: today, pausedAt: today },
    ])
    .returning({ id: gateways.id, kind: gateways.kind, name: gateways.name })
  const told = await db
    .select({ id: events.id, at: events.at, reportId: reports.id, agencyId: events.agencyId })
    .from(events)
    .innerJoin(reports, eq(reports.id, events.reportId))
    .where(and(inArray(events.event, ['report.answer_sent']), lte(events.at, before(today)), isLast))
    .orderBy(desc(events.at), desc(events.id))
    .limit(shown.length)
  const [clerk] = await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, 'dieuphoi'))
  if (!clerk) throw new Error('the demo city has no dispatcher')
  for (const [at, event] of told.entries()) {
    const { by, ...wanted } = shown[at] as Shown
    const gateway = made.find(({ kind }) => kind === by)
    const gatewayId = gateway?.id ?? null
    const later = new Date(event.at.getTime() + minute)
    const isSettled = ['sent', 'posted'].includes(wanted.state)
    const [written] = await db
      .insert(deliveries)
      .values({
        eventId: event.id,
        kind: 'answer',
        reportId: event.reportId,
        dueAt: later,
        createdAt: event.at,
        since: event.at,
        gatewayId,
        channel: by ?? null,
        attempts: wanted.state === 'sent' ? 1 : 0,
        settledAt: isSettled ? later : null,
        settledById: wanted.state === 'posted' ? clerk.id : null,
        ...wanted,
      })
      .onConflictDoNothing()
      .returning({ id: deliveries.id })
    if (!written) continue
    const proof = proofOf(wanted, { gateway, clerkId: clerk.id })
    if (proof) {
      await db.insert(events).values({
        at: later,
        recordedAt: null,
        event: proof.event,
        subjectKind: 'report',
        reportId: event.reportId,
        agencyId: event.agencyId,
        ...proof.by,
        details: { deliveryId: written.id, told: 'answer', ...proof.details },
      })
    }
    if (gatewayId === null || wanted.state === 'queued') continue
    const outcome = wanted.state === 'sent' ? 'accepted' : 'permanent'
    await db.insert(deliveryAttempts).values({
      deliveryId: written.id,
      gatewayId,
      at: later,
      endedAt: later,
      outcome,
      failure: wanted.failure ?? null,
      status: wanted.status ?? null,
    })
  }
}

const before = (today: Date): Date => new Date(today.getTime() - minute)
/** The timeline is in order: nothing has happened after the answer. */
const isLast = sql`not exists (select from events later where later.report_id = ${reports.id} and later.id > ${events.id})`

type Gateway = Pick<typeof gateways.$inferSelect, 'kind' | 'name'>

/** What the timeline says of an outcome, as the real sending records it. */
function proofOf(
  { state, status, receipt, failure }: Shown,
  { gateway, clerkId }: { gateway: Gateway | undefined; clerkId: string },
) {
  const robot = { actorKind: 'robot' } as const
  const at = gateway && { through: gateway.kind, gateway: gateway.name }
  if (state === 'sent') {
    const details = { ...at, status, ...(receipt && { receipt }) }
    return { event: 'report.delivery_sent', by: robot, details } as const
  }
  if (state === 'failed') return { event: 'report.delivery_failed', by: robot, details: { ...at, failure } } as const
  if (state !== 'posted') return null
  const by = { actorKind: 'staff', actorId: clerkId } as const
  return { event: 'report.delivery_posted', by, details: { through: 'letter' } } as const
}
