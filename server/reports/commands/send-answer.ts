import { and, eq, lte } from 'drizzle-orm'
import { reportAnswers, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { followersOf, passedOnEntry } from './pass-on.ts'
import { withdrawRequests } from './requests.ts'
import { updateSearch } from './update-search.ts'

/**
 * Sends the answer to the citizen, and to those whose reports follow this one: from here on it cannot be withdrawn. Run
 * by a job that may come twice or too late: an answer withdrawn, or sent before, is left alone. The officer's pending
 * requests are obsolete and withdrawn. The report's version stays, for no screen is out of date.
 */
export async function sendAnswer(ctx: Context, answerId: string): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.now()
    const [known] = await tx
      .select({ reportId: reportAnswers.reportId })
      .from(reportAnswers)
      .where(eq(reportAnswers.id, answerId))
    if (!known) return false
    const [report] = await tx.select().from(reports).where(eq(reports.id, known.reportId)).for('no key update')
    const [sent] = await tx
      .update(reportAnswers)
      .set({ status: 'sent', sentAt: now })
      .where(and(eq(reportAnswers.id, answerId), eq(reportAnswers.status, 'queued'), lte(reportAnswers.sendAt, now)))
      .returning({ kind: reportAnswers.kind, batchId: reportAnswers.batchId })
    if (!sent || !report) return false
    await withdrawRequests(tx, report.id, now)
    await updateSearch(tx, [report.id])
    const isFollowed = report.mergedCount + report.linkedCount > 0
    const followers = isFollowed ? await followersOf(tx, report.id, sent.kind) : []
    await recordEvent(
      tx,
      ctx,
      {
        event: 'report.answer_sent',
        subject: { kind: 'report', id: report.id },
        agencyId: report.agencyId,
        from: report.state,
        to: report.state,
        details: { answerId, kind: sent.kind, ...(sent.batchId && { batchId: sent.batchId }) },
      },
      ...followers.map(({ id }) => passedOnEntry(id, report, { id: answerId, kind: sent.kind })),
    )
    return true
  })
}
