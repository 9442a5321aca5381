import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { answerBatches, answerBatchRecipients, reportAnswers, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { recordEvent } from '#server/events/commands.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import { assertSteward, type Batch, capacityToReview } from '../batch-rights.ts'
import { type BatchKind, type BatchMove, nextBatchState } from '../rules/answer-batch.ts'
import { assertPlan } from './answers.ts'
import { queueGo } from './compose-batch.ts'
import { leaveTime } from './compose-notice.ts'
import { withdrawAnswer } from './withdraw-answer.ts'

type Seen = { id: string; version: number }

const events: Record<BatchKind, Record<BatchMove, EventName>> = {
  answer: {
    approve: 'incident.answers_approved',
    refuse: 'incident.answers_refused',
    cancel: 'incident.answers_cancelled',
    stop: 'incident.answers_stopped',
    resume: 'incident.answers_resumed',
    finish: 'incident.answers_finished',
  },
  notice: {
    approve: 'incident.notice_approved',
    refuse: 'incident.notice_refused',
    cancel: 'incident.notice_cancelled',
    stop: 'incident.notice_stopped',
    resume: 'incident.notice_resumed',
    finish: 'incident.notice_finished',
  },
}

/**
 * The second person: shares no person with the author, and is an approver of every agency whose reports are answered;
 * of a notice, one of the city.
 */
export async function approveBatch(ctx: Context, seen: Seen) {
  return change(ctx, seen, 'approve', async (tx, batch) => {
    const capacity = await capacityToReview(tx, ctx, batch)
    assertPlan({ now: ctx.now() }, batch)
    const leavesAt = batch.kind === 'notice' ? await leaveTime(tx, ctx) : null
    await queueGo(tx, batch.id, leavesAt)
    return { capacity, set: { ...reviewedBy(capacity, ctx.now()), leavesAt } }
  })
}

export async function refuseBatch(ctx: Context, { remarks, ...seen }: Seen & { remarks: string }) {
  return change(ctx, seen, 'refuse', async (tx, batch) => {
    const capacity = await capacityToReview(tx, ctx, batch)
    await settleWaiting(tx, ctx, batch.id)
    return {
      capacity,
      set: { ...reviewedBy(capacity, ctx.now()), finishedAt: ctx.now(), remarks },
      details: { remarks },
    }
  })
}

const reviewedBy = ({ id, onBehalfOf }: Actor, reviewedAt: Date) => ({
  reviewerId: id,
  reviewerFor: onBehalfOf ?? null,
  reviewedAt,
})

/** After someone has checked the failures: those alone no longer stop the batch. */
export async function resumeBatch(ctx: Context, seen: Seen) {
  return change(ctx, seen, 'resume', async (tx, batch) => {
    assertSteward(ctx, batch)
    await queueGo(tx, batch.id)
    const { batchId, status, viaReportId } = answerBatchRecipients
    const failed = and(eq(batchId, batch.id), eq(status, 'failed'), isNull(viaReportId))
    return { set: { failedBefore: await tx.$count(answerBatchRecipients, failed) } }
  })
}

/**
 * Nothing more is sent; answers that have not been sent yet are withdrawn, each through the usual move. A notice that
 * was delivered stays.
 */
export async function cancelBatch(ctx: Context, seen: Seen) {
  const moved = await change(ctx, seen, 'cancel', async (tx, batch) => {
    assertSteward(ctx, batch)
    await settleWaiting(tx, ctx, batch.id)
    return { set: { finishedAt: ctx.now() } }
  })
  return { ...moved, withdrawn: await withdrawUnsent(ctx, seen.id) }
}

type Outcome = {
  set?: Partial<typeof answerBatches.$inferInsert>
  details?: EventDetails
  /** Where only one of the actor's capacities allows it: the one they acted in. */
  capacity?: Actor
}

/** Locks the batch, compares the version, checks the table of moves, writes and records one event. */
export async function change(
  ctx: Context,
  seen: { id: string; version: number | null },
  move: BatchMove,
  work: (tx: Transaction, batch: Batch) => Promise<Outcome> | Outcome,
) {
  return ctx.db.transaction(async (tx) => {
    const [batch] = await tx.select().from(answerBatches).where(eq(answerBatches.id, seen.id)).for('no key update')
    if (!batch) throw new DomainError('not_found', { subject: 'answer_batch' })
    const state = nextBatchState(batch.state, move)
    if (seen.version !== null && batch.version !== seen.version) {
      throw new DomainError('invalid_batch_move', { state: batch.state, version: batch.version })
    }
    const { set, details, capacity = ctx.actor } = await work(tx, batch)
    const version = batch.version + 1
    await tx
      .update(answerBatches)
      .set({ ...set, state, version })
      .where(eq(answerBatches.id, batch.id))
    await recordEvent(
      tx,
      { ...ctx, actor: capacity },
      {
        event: events[batch.kind][move],
        subject: { kind: 'incident', id: batch.incidentId },
        details: { batchId: batch.id, ...details },
      },
    )
    return { id: batch.id, version, state }
  })
}

async function settleWaiting(tx: Transaction, ctx: Context, batchId: string): Promise<void> {
  const { status, messageId } = answerBatchRecipients
  const isUntold = or(eq(status, 'waiting'), and(eq(status, 'covered'), isNull(messageId)))
  await tx
    .update(answerBatchRecipients)
    .set({ status: 'cancelled', settledAt: ctx.now() })
    .where(and(eq(answerBatchRecipients.batchId, batchId), isUntold))
}

/** Skips a report that a colleague moved meanwhile, or whose answer is being sent at this moment. */
async function withdrawUnsent(ctx: Context, batchId: string): Promise<number> {
  const unsent = await ctx.db
    .select({ reportId: reports.id, version: reports.version })
    .from(reportAnswers)
    .innerJoin(reports, eq(reports.id, reportAnswers.reportId))
    .where(
      and(
        eq(reportAnswers.batchId, batchId),
        eq(reportAnswers.status, 'queued'),
        sql`${reportAnswers.sendAt} > ${ctx.now().toISOString()}::timestamptz`,
      ),
    )
  let withdrawn = 0
  for (const report of unsent) {
    try {
      await withdrawAnswer(ctx, report)
      withdrawn += 1
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
    }
  }
  return withdrawn
}
