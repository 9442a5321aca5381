import { and, asc, eq, gt, lt } from 'drizzle-orm'
import { z } from 'zod'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { againOf, defineJob, queueJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { paced } from '#server/platform/pace.ts'
import { readSettings } from '#server/platform/settings.ts'
import { answerBatch } from './commands/answer-batch.ts'
import { clearOrphans } from './commands/clear-orphans.ts'
import { closeReport } from './commands/close-report.ts'
import { forgetOldDrafts } from './commands/drafts.ts'
import { passDueAnswers } from './commands/pass-due-answers.ts'
import { passAnswersOn } from './commands/pass-on.ts'
import { forgetOldPutOffs } from './commands/put-off-report.ts'
import { releaseDueReports, releaseReport } from './commands/release-report.ts'
import { renewSearch } from './commands/renew-search.ts'
import { sendAnswer } from './commands/send-answer.ts'
import { sendDueAnswers } from './commands/send-due-answers.ts'
import { sendMissedAnswers, sendScheduledAnswer } from './commands/send-scheduled-answers.ts'
import { suggestReports } from './commands/suggest-reports.ts'
import { sweepBatches } from './commands/sweep-batches.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    send_answer: { answerId: string }
    send_due_answers: Record<string, never>
    send_scheduled_answer: { reportId: number }
    pass_answers_on: { reportId: number }
    pass_due_answers: Record<string, never>
    release_report: { reportId: number }
    release_due_reports: Record<string, never>
    close_reports: Record<string, never>
    suggest_reports: { incidentId: string }
    answer_batch: { batchId: string }
    forget_old_drafts: Record<string, never>
    clear_orphans: Record<string, never>
    renew_search: Record<string, never>
  }
}

const dayLength = 86_400_000
const batch = 200

export const reportJobs = {
  send_answer: defineJob(z.object({ answerId: z.uuid() }), ({ answerId }, ctx: Context) => sendAnswer(ctx, answerId)),
  send_due_answers: defineJob(z.object({}), async (_, ctx: Context) => {
    const failed: unknown[] = []
    // A failing step does not prevent the others.
    for (const step of [sweepBatches, sendDueAnswers, sendMissedAnswers])
      await step(ctx).catch((error: unknown) => failed.push(error))
    if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed, 'several steps failed')
  }),
  send_scheduled_answer: defineJob(z.object({ reportId: z.number().int() }), async ({ reportId }, ctx: Context) => {
    await sendScheduledAnswer(ctx, reportId)
  }),
  pass_answers_on: defineJob(z.object({ reportId: z.number().int() }), ({ reportId }, ctx: Context) =>
    passAnswersOn(ctx, reportId),
  ),
  release_report: defineJob(z.object({ reportId: z.number().int() }), ({ reportId }, ctx: Context) =>
    releaseReport(ctx, reportId),
  ),
  release_due_reports: defineJob(z.object({}), (_, ctx: Context) => releaseDueReports(ctx)),
  pass_due_answers: defineJob(z.object({}), (_, ctx: Context) => passDueAnswers(ctx)),
  close_reports: defineJob(z.object({}), (_, ctx: Context) => closeReports(ctx)),
  answer_batch: defineJob(z.object({ batchId: z.uuid() }), ({ batchId }, ctx: Context) => answerBatch(ctx, batchId)),
  forget_old_drafts: defineJob(z.object({}), async (_, ctx: Context) => {
    await forgetOldDrafts(ctx)
    await forgetOldPutOffs(ctx)
  }),
  clear_orphans: defineJob(z.object({}), async (_, ctx: Context) => {
    await clearOrphans(ctx)
  }),
  renew_search: defineJob(z.object({}), (_, ctx: Context) =>
    paced(
      async (pace) => {
        while ((await renewSearch(ctx)) && (await pace()));
      },
      () => queueJob(ctx.db, 'renew_search', {}, againOf('renew_search')),
    ),
  ),
  suggest_reports: defineJob(z.object({ incidentId: z.uuid() }), ({ incidentId }, ctx: Context) =>
    suggestReports(ctx, incidentId),
  ),
}

export const reportSchedule: ScheduledJob[] = [
  { job: 'send_due_answers', cron: '* * * * *', payload: {}, atStart: true },
  { job: 'pass_due_answers', cron: '* * * * *', payload: {} },
  { job: 'release_due_reports', cron: '* * * * *', payload: {} },
  { job: 'close_reports', cron: '*/15 * * * *', payload: {} },
  { job: 'forget_old_drafts', cron: '41 20 * * *', payload: {} },
  { job: 'clear_orphans', cron: '17 * * * *', payload: {} },
  { job: 'renew_search', cron: '23 * * * *', payload: {}, atStart: true },
]

/** Closes every answered report whose rating window has passed, one transaction each. Returns how many it closed. */
export async function closeReports(ctx: Context): Promise<number> {
  const { ratingWindowDays } = await readSettings(ctx.db)
  const before = new Date(ctx.now().getTime() - ratingWindowDays * dayLength)
  let closed = 0
  for (let after = 0; ; ) {
    const due = await ctx.db
      .select({ reportId: reports.id, version: reports.version })
      .from(reports)
      .where(and(eq(reports.state, 'answered'), lt(reports.answeredAt, before), gt(reports.id, after)))
      .orderBy(asc(reports.id))
      .limit(batch)
    for (const report of due) closed += (await closedUnlessTouched(ctx, report)) ? 1 : 0
    const last = due.at(-1)
    if (!last || due.length < batch) return closed
    after = last.reportId
  }
}

/** A report that was moved a moment ago is not closed. */
async function closedUnlessTouched(ctx: Context, report: { reportId: number; version: number }): Promise<boolean> {
  try {
    await closeReport(ctx, report)
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}
