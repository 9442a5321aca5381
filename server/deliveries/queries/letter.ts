import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { agencies, deliveries, events, reportAnswers, reportMessages, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { isObsolete } from '../commands/plan-deliveries.ts'
import { type DeliveryAct, openActs } from '../rules/acts.ts'
import { letterSubjects, rejectionWords } from '../rules/texts.ts'
import { readPlanned } from './reached.ts'

/** A letter without its addressee, which needs a recorded disclosure. */
export type Letter = {
  id: string
  version: number
  state: typeof deliveries.$inferSelect.state
  acts: DeliveryAct[]
  /** There is a later answer, or the citizen has replied: the letter has no text, so that nobody prints it. */
  isObsolete: boolean
  code: string
  title: string
  receivedAt: Date
  toldAt: Date
  kind: typeof deliveries.$inferSelect.kind
  subject: string
  /** The agency that signs; the city if no agency has the report. */
  agencyName: string | null
  /** The text of the reject reason. */
  refusal: string | null
  what: string
  where: string
  when: string
  next: string
}

/** The letter for the event of a delivery: the text that was released, and no other data of the report. */
export async function letterOf({ db, actor }: Pick<Context, 'db' | 'actor'>, id: string): Promise<Letter> {
  const [found] = await db
    .select({
      delivery: deliveries,
      toldAt: events.at,
      report: {
        code: reports.code,
        title: reports.title,
        receivedAt: reports.receivedAt,
        rejectReason: reports.rejectReason,
      },
      answer: reportAnswers,
      message: reportMessages.body,
      agencyName: agencies.name,
    })
    .from(deliveries)
    .innerJoin(reports, eq(reports.id, deliveries.reportId))
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .leftJoin(
      reportAnswers,
      and(eq(reportAnswers.status, 'sent'), sql`${reportAnswers.id}::text = ${events.details} ->> 'answerId'`),
    )
    .leftJoin(reportMessages, sql`${reportMessages.id}::text = ${events.details} ->> 'messageId'`)
    .leftJoin(agencies, sql`${agencies.id} = coalesce(${reportAnswers.agencyId}, ${events.agencyId})`)
    .where(and(eq(deliveries.id, id), visibleTo(actor)))
  if (!found) throw new DomainError('not_found')
  const { delivery, report } = found
  const isWithoutText = await isLetterObsolete(db, id)
  const answer = isWithoutText ? null : found.answer
  return {
    isObsolete: isWithoutText,
    id: delivery.id,
    version: delivery.version,
    state: delivery.state,
    acts: openActs(delivery.state),
    code: report.code,
    title: report.title,
    receivedAt: report.receivedAt,
    toldAt: found.toldAt,
    kind: delivery.kind,
    subject: letterSubjects[delivery.kind],
    agencyName: found.agencyName,
    refusal: delivery.kind === 'rejection' && report.rejectReason ? rejectionWords[report.rejectReason] : null,
    what: answer?.what ?? (isWithoutText ? null : found.message) ?? '',
    where: answer?.whereDone ?? '',
    when: answer?.whenDone ?? '',
    next: answer?.next ?? '',
  }
}

/** A letter that was posted can still be looked at. */
export async function isLetterObsolete(db: Connection, id: string): Promise<boolean> {
  const [delivery] = await readPlanned(db, sql`d.id = ${id}::uuid and d.state not in ('sent', 'posted', 'told')`)
  return delivery !== undefined && isObsolete(delivery)
}
