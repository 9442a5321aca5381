import { and, asc, eq, inArray, or } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { answerBatchRecipients, reportMessages, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Batch } from '../batch-rights.ts'
import { noticeText } from '../queries/batch-candidates.ts'
import { type NoticeReport, noticeReports } from '../queries/notice-reach.ts'
import { reachOf } from '../rules/notice.ts'

/**
 * Sends the notice to one person, and writes it on each of their reports that it covers. States, versions and clocks
 * stay: no screen is out of date, no figure moves. Who is reached is checked again, for a report may have left the
 * incident meanwhile.
 */
export async function sendNotice(tx: Transaction, ctx: Context, batch: Batch, author: Actor, reportId: number) {
  if (!mayUse(author, 'incidents.notify')) throw new DomainError('forbidden')
  const ids = await claimed(tx, batch, reportId)
  await tx
    .select({ id: reports.id })
    .from(reports)
    .where(inArray(reports.id, ids))
    .orderBy(asc(reports.id))
    .for('share')
  const standing = await noticeReports(tx, batch.incidentId, inArray(reports.id, ids))
  const openOnly = 'openOnly' in batch.filter && batch.filter.openOnly
  const { recipients, leftOut } = reachOf(standing, { openOnly })
  const refusalReasons = new Map<number, string>(leftOut.map(({ id, refusalReason }) => [id, refusalReason]))
  const reached = new Map(
    recipients.flatMap(({ id, covers }) => [[id, null] as const, ...covers.map((each) => [each, id] as const)]),
  )
  for (const id of ids) {
    const via = reached.get(id)
    const report = standing.find((each) => each.id === id)
    if (report && via !== undefined) await writeNotice(tx, { ...ctx, actor: author }, batch, report, via)
    else await settle(tx, ctx, batch, id, { status: 'skipped', refusal: refusalReasons.get(id) ?? 'left_incident' })
  }
}

/** The reports by which this person is reached, locked until it is done: a second run finds none. */
async function claimed(tx: Transaction, batch: Batch, reportId: number): Promise<number[]> {
  const { batchId, reportId: id, status, viaReportId } = answerBatchRecipients
  const rows = await tx
    .select({ id })
    .from(answerBatchRecipients)
    .where(
      and(
        eq(batchId, batch.id),
        or(and(eq(id, reportId), eq(status, 'waiting')), and(eq(viaReportId, reportId), eq(status, 'covered'))),
      ),
    )
    .orderBy(asc(id))
    .for('update')
  const ids = rows.map((row) => row.id)
  if (!ids.includes(reportId)) throw new DomainError('batch_settled')
  return ids
}

/** `via`: the report by which the same person gets the notice. */
async function writeNotice(tx: Transaction, ctx: Context, batch: Batch, report: NoticeReport, via: number | null) {
  const [message] = await tx
    .insert(reportMessages)
    .values({
      reportId: report.id,
      kind: 'notice',
      body: noticeText(report, batch.what),
      authorId: ctx.actor.id,
      createdAt: ctx.now(),
    })
    .returning({ id: reportMessages.id })
  const messageId = message?.id
  await settle(tx, ctx, batch, report.id, {
    status: via === null ? 'noticed' : 'covered',
    viaReportId: via,
    messageId,
  })
  await recordEvent(tx, ctx, {
    event: via === null ? 'report.notice_sent' : 'report.notice_covered',
    subject: { kind: 'report', id: report.id },
    agencyId: report.agencyId,
    details: { messageId, batchId: batch.id },
  })
}

type Outcome = Pick<typeof answerBatchRecipients.$inferInsert, 'status' | 'refusal' | 'messageId' | 'viaReportId'>

async function settle(tx: Transaction, ctx: Context, batch: Batch, reportId: number, outcome: Outcome): Promise<void> {
  await tx
    .update(answerBatchRecipients)
    .set({ ...outcome, settledAt: ctx.now() })
    .where(and(eq(answerBatchRecipients.batchId, batch.id), eq(answerBatchRecipients.reportId, reportId)))
}
