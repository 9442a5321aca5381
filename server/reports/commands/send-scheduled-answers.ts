import { and, asc, eq, getTableColumns, lte } from 'drizzle-orm'
import { reports, scheduledAnswers } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { onlyAs } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { log } from '#server/platform/log.ts'
import { scheduledFor } from '../queries/scheduled-for.ts'
import { approveAnswer } from './approve-answer.ts'
import { dropSchedule, forgetCancelled, queueSchedule } from './scheduled-answers.ts'
import { answerReport } from './submit-answer.ts'

type Scheduled = typeof scheduledAnswers.$inferSelect & { onBehalfOf: string | null }

/** Each has its own job at its time: what is still there this much later was missed. */
const graceSeconds = 60
const most = 500
/** A colleague may change the report at the same moment. */
const mostTries = 5

/**
 * Gives the answer whose time has come, by all the rules that hold now, as if its writer gave it now, in the capacity
 * in which it was scheduled. What they refuse is cancelled, and its writer is notified; while another agency can take
 * back a decision on the report, it waits. Run by a job that may come twice or too late. Returns whether it was given.
 */
export async function sendScheduledAnswer(ctx: Context, reportId: number): Promise<boolean> {
  const [scheduled] = await ctx.db
    .select({ ...getTableColumns(scheduledAnswers), onBehalfOf: scheduledFor })
    .from(scheduledAnswers)
    .where(and(eq(scheduledAnswers.reportId, reportId), lte(scheduledAnswers.sendAt, ctx.now())))
  if (!scheduled) return false
  if (scheduled.cancelledIn !== null) {
    await ctx.db.transaction((tx) => forgetCancelled({ tx }, reportId, scheduled.id))
    return false
  }
  try {
    await giveAsWriter(ctx, scheduled)
    return true
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'conflict') throw new Error('the report changes too often to answer it', { cause: error })
    if (error.code === 'decision_held') await waitForRelease(ctx, scheduled, Number(error.details?.seconds))
    else if (error.code !== 'nothing_scheduled') await cancel(ctx, scheduled, error.code)
    return false
  }
}

async function giveAsWriter(ctx: Context, scheduled: Scheduled): Promise<void> {
  const { id, reportId, move, words, onBehalfOf } = scheduled
  const writer = await actorOf(ctx.db, scheduled.accountId, ctx.now())
  if (!writer) throw new DomainError('forbidden')
  const acting = { ...ctx, actor: onlyAs(writer, onBehalfOf) }
  for (let tries = 1; ; tries++) {
    const [report] = await ctx.db.select({ version: reports.version }).from(reports).where(eq(reports.id, reportId))
    const seen = { reportId, version: report?.version ?? 0 }
    try {
      if (move === 'answer' && words) await answerReport(acting, { ...words, ...seen }, id)
      else await approveAnswer(acting, seen, id)
      return
    } catch (error) {
      const isOutrun = error instanceof DomainError && error.code === 'conflict'
      if (!isOutrun || tries === mostTries) throw error
    }
  }
}

/** Nothing speaks against it but the right of another to take a decision back, which ends in some seconds. */
async function waitForRelease({ db, now }: Context, { reportId }: Scheduled, seconds: number): Promise<void> {
  await queueSchedule(db, reportId, new Date(now().getTime() + seconds * 1000))
}

async function cancel(ctx: Context, { reportId, id }: Scheduled, reason: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [report] = await tx.select().from(reports).where(eq(reports.id, reportId)).for('no key update')
    const accountId = report && (await dropSchedule({ tx, now: ctx.now() }, reportId, id))
    if (!report || !accountId) return
    await recordEvent(tx, ctx, {
      event: 'report.answer_unscheduled',
      subject: { kind: 'report', id: reportId },
      agencyId: report.agencyId,
      from: report.state,
      to: report.state,
      details: { unscheduled: { accountId }, reason },
    })
  })
}

/** Gives the answers that should have been given a minute ago, and logs it. Returns how many it gave. */
export async function sendMissedAnswers(ctx: Context): Promise<number> {
  const before = new Date(ctx.now().getTime() - graceSeconds * 1000)
  const missed = await ctx.db
    .select()
    .from(scheduledAnswers)
    .where(lte(scheduledAnswers.sendAt, before))
    .orderBy(asc(scheduledAnswers.sendAt))
    .limit(most)
  let sent = 0
  const failed: unknown[] = []
  for (const { reportId, sendAt, cancelledIn } of missed) {
    try {
      if (await sendScheduledAnswer(ctx, reportId)) sent += 1
      if (cancelledIn === null) log.error({ reportId, sendAt }, 'a scheduled answer had been left behind')
    } catch (error) {
      failed.push(error)
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} scheduled answers could not be given`)
  return sent
}
