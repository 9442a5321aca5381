import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { answerBatches, answerBatchRecipients } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { stopClock } from '#server/calendars/rules/deadlines.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type Batch, inSamePlace } from '../batch-rights.ts'
import { batchReport, refusalReasonFor, wordsFor } from '../queries/batch-candidates.ts'
import { batchPace, isFailing, outcomeOfRefusal } from '../rules/answer-batch.ts'
import { commitmentDueAt, loggedOutcome, outcomeOf } from '../rules/outcome.ts'
import { writeAnswer } from './answers.ts'
import { approveAnswer } from './approve-answer.ts'
import { queueGo } from './compose-batch.ts'
import { change } from './move-batch.ts'
import { moveReport } from './move-report.ts'
import { endWait } from './promises.ts'
import { sendNotice } from './send-notice.ts'

/**
 * One run of a batch: sends the next few answers or notices, then queues the next run a moment later. May run twice,
 * and again after a crash: each report is claimed in the transaction that writes its answer. Stops where too many fail.
 */
export async function answerBatch(ctx: Context, batchId: string): Promise<void> {
  const [batch] = await ctx.db.select().from(answerBatches).where(eq(answerBatches.id, batchId))
  if (batch?.state !== 'sending') return
  if (batch.leavesAt && ctx.now() < batch.leavesAt) return queueGo(ctx.db, batchId, batch.leavesAt)
  const author = await handOf(ctx, batch.authorId, batch.authorFor)
  const reviewer = await handOf(ctx, batch.reviewerId, batch.reviewerFor)
  const next = await ctx.db
    .select({ reportId: answerBatchRecipients.reportId })
    .from(answerBatchRecipients)
    .where(and(eq(answerBatchRecipients.batchId, batchId), eq(answerBatchRecipients.status, 'waiting')))
    .orderBy(asc(answerBatchRecipients.reportId))
    .limit(batchPace.size)
  for (const { reportId } of next) await answerOne(ctx, batch, { author, reviewer }, reportId)
  const counts = await countsOf(ctx, batchId)
  if (isFailing({ failed: counts.failed - batch.failedBefore, recipients: batch.recipients }) && counts.waiting > 0) {
    await unlessCancelled(
      change(ctx, { id: batchId, version: null }, 'stop', () => ({ details: { failed: counts.failed } })),
    )
  } else if (counts.waiting > 0) {
    await queueGo(ctx.db, batchId, new Date(Date.now() + batchPace.seconds * 1000))
  } else {
    const { answered, submitted, noticed, skipped, failed } = counts
    const told = batch.kind === 'notice' ? { noticed } : { answered, submitted }
    const details = { ...told, skipped, failed }
    await unlessCancelled(
      change(ctx, { id: batchId, version: null }, 'finish', () => ({ set: { finishedAt: ctx.now() }, details })),
    )
  }
}

/** If someone cancelled the batch while this run was in progress, the run just ends. */
async function unlessCancelled(moved: Promise<unknown>): Promise<void> {
  await moved.catch((error: unknown) => {
    if (!(error instanceof DomainError && error.code === 'invalid_batch_move')) throw error
  })
}

/** The author or the reviewer, with their present roles and in the capacity they acted in then. */
async function handOf({ db, now }: Context, accountId: string | null, onBehalfOf: string | null) {
  const actor = accountId === null ? null : await actorOf(db, accountId, now())
  return actor && inSamePlace(actor, onBehalfOf)
}

type Hands = { author: Actor | null; reviewer: Actor | null }

/**
 * What one report gets, in the name of the author, approved in the name of the second person where its category
 * requires it; all or nothing.
 */
async function answerOne(ctx: Context, batch: Batch, { author, reviewer }: Hands, reportId: number): Promise<void> {
  try {
    if (!author) throw new DomainError('forbidden')
    await ctx.db.transaction(async (tx) => {
      // A move inside opens a savepoint of this transaction.
      const db = tx as unknown as Database
      if (batch.kind === 'notice') return sendNotice(tx, ctx, batch, author, reportId)
      const submitted = await answerInName({ ...ctx, db, actor: author }, batch, reportId)
      if (submitted === null || !reviewer) return
      if (await isApproved({ ...ctx, db, actor: reviewer }, submitted))
        await settle(tx, ctx, batch.id, reportId, { status: 'answered' })
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    await settleRefused(ctx, batch.id, reportId, error.code)
  }
}

/** The other reports of the same person fail with it: the notice has not been shown on any of them. */
async function settleRefused(ctx: Context, batchId: string, reportId: number, code: string): Promise<void> {
  const { status, viaReportId, messageId } = answerBatchRecipients
  const isUntold = or(
    and(eq(answerBatchRecipients.reportId, reportId), eq(status, 'waiting')),
    and(eq(viaReportId, reportId), eq(status, 'covered'), isNull(messageId)),
  )
  await ctx.db
    .update(answerBatchRecipients)
    .set({ status: outcomeOfRefusal(code), refusal: code, settledAt: ctx.now() })
    .where(and(eq(answerBatchRecipients.batchId, batchId), isUntold))
}

/** Answers. Returns the report as it was submitted for approval, or null where no approval is needed. */
async function answerInName(ctx: Context, batch: Batch, reportId: number) {
  const report = await batchReport(ctx.db, reportId)
  if (!report) throw new DomainError('not_found')
  const words = { what: batch.what, where: batch.whereDone, when: batch.whenDone, next: batch.next }
  const refusalReason = refusalReasonFor(ctx.actor, report, words)
  if (refusalReason !== null) throw new DomainError(refusalReason)
  const outcome = outcomeOf(batch)
  const written = { ...wordsFor(report, words), ...outcome, photoIds: [], batchId: batch.id }
  // An answer to everyone affected by an incident is not bound by the rule that only the assignee answers.
  const give = (move: 'answer' | 'submit_answer', work: Parameters<typeof moveReport>[3]) =>
    moveReport(ctx, move, { reportId, version: report.version }, work, { exemptFrom: 'not_assignee' })
  if (!report.needsApproval) {
    await give('answer', async (desk) => {
      const { clocks, now } = desk
      const { id, sendAt } = await writeAnswer(desk, 'answer', 'queued', written)
      await claim(desk.tx, ctx, batch.id, reportId, { status: 'answered', answerId: id })
      clocks.change(clocks.running(), (clock) => stopClock(clock, now))
      return {
        set: {
          stateBefore: desk.report.state,
          answeredAt: now,
          commitmentDueAt: commitmentDueAt(outcome.plannedFor),
        },
        details: { answerId: id, sendAt: sendAt?.toISOString(), ...loggedOutcome(outcome), batchId: batch.id },
      }
    })
    return null
  }
  const { version } = await give('submit_answer', async (desk) => {
    const { id } = await writeAnswer(desk, 'answer', 'submitted', written)
    await claim(desk.tx, ctx, batch.id, reportId, { status: 'submitted', answerId: id })
    endWait(desk)
    return { details: { answerId: id, ...loggedOutcome(outcome), batchId: batch.id } }
  })
  return { reportId, version }
}

/** Where the second person may not approve this one, it waits for someone who may. */
async function isApproved(ctx: Context, submitted: { reportId: number; version: number }): Promise<boolean> {
  try {
    await approveAnswer(ctx, submitted)
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

type Outcome = { status: 'answered' | 'submitted'; answerId?: string }

/** Once for each batch and report: a second attempt writes nothing. */
async function claim(
  tx: Transaction,
  ctx: Context,
  batchId: string,
  reportId: number,
  outcome: Outcome,
): Promise<void> {
  if (!(await settle(tx, ctx, batchId, reportId, outcome, 'waiting'))) throw new DomainError('batch_settled')
}

async function settle(
  db: Database | Transaction,
  ctx: Context,
  batchId: string,
  reportId: number,
  outcome: Outcome,
  from?: 'waiting',
): Promise<boolean> {
  const [row] = await db
    .update(answerBatchRecipients)
    .set({ ...outcome, settledAt: ctx.now() })
    .where(
      and(
        eq(answerBatchRecipients.batchId, batchId),
        eq(answerBatchRecipients.reportId, reportId),
        from && eq(answerBatchRecipients.status, from),
      ),
    )
    .returning({ reportId: answerBatchRecipients.reportId })
  return row !== undefined
}

async function countsOf(ctx: Context, batchId: string) {
  const count = (status: string) => sql<number>`count(*) filter (where status = ${status})`.mapWith(Number)
  const [row] = await ctx.db
    .select({
      answered: count('answered'),
      submitted: count('submitted'),
      noticed: count('noticed'),
      skipped: count('skipped'),
      // Of a notice, counts persons, not each of their reports.
      failed: sql<number>`count(*) filter (where status = 'failed' and via_report_id is null)`.mapWith(Number),
      waiting: count('waiting'),
    })
    .from(answerBatchRecipients)
    .where(eq(answerBatchRecipients.batchId, batchId))
  return row ?? { answered: 0, submitted: 0, noticed: 0, skipped: 0, failed: 0, waiting: 0 }
}
