import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Connection } from '#db/client.ts'
import { accounts, answerBatches, answerBatchRecipients, areas, reportAnswers, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'
import { answersFor, capacityToReview, isSteward } from '../batch-rights.ts'
import {
  type BatchMove,
  batchMoves,
  mayMoveBatch,
  type RecipientStatus,
  recipientStatuses,
} from '../rules/answer-batch.ts'
import { outcomeOf } from '../rules/outcome.ts'
import { noticeReach } from './notice-reach.ts'
import { visibleTo } from './scope.ts'

const reviewers = alias(accounts, 'reviewers')

/** The recipients whose reports the reader may see. */
const recipientsSeen = (actor: Actor) => sql`
  answer_batch_recipients x join ${reports} on ${reports.id} = x.report_id
  where x.batch_id = ${answerBatches.id} and ${visibleTo(actor)}`

function selectBatches(db: Connection, actor: Actor) {
  const seen = recipientsSeen(actor)
  return db
    .select({
      batch: answerBatches,
      author: accounts.name,
      reviewer: reviewers.name,
      counts: sql<Record<RecipientStatus, number>>`(
        select json_object_agg(status, n) from (
          select status, count(*) as n from answer_batch_recipients where batch_id = ${answerBatches.id} group by status) x)`,
      leaving: leavingOf(sql`true`),
      agencyIds: sql<(string | null)[]>`array(
        select distinct r.agency_id from answer_batch_recipients x join reports r on r.id = x.report_id
        where x.batch_id = ${answerBatches.id})`,
      seen: sql<Record<RecipientStatus, number> | null>`(
        select json_object_agg(status, n) from (select x.status, count(*) as n from ${seen} group by x.status) y)`,
      leavingSeen: leavingOf(sql`report_id in (select x.report_id from ${seen})`),
      hasSeenSent: sql<boolean>`exists (
        select from report_answers a where a.batch_id = ${answerBatches.id} and a.status = 'sent'
          and a.report_id in (select x.report_id from ${seen})) or exists (select from ${seen} and x.message_id is not null)`,
    })
    .from(answerBatches)
    .innerJoin(accounts, eq(accounts.id, answerBatches.authorId))
    .leftJoin(reviewers, eq(reviewers.id, answerBatches.reviewerId))
}

const leavingOf = (which: SQL) =>
  sql<number>`(
    select count(*) from report_answers where batch_id = ${answerBatches.id} and status = 'queued' and ${which})`.mapWith(
    Number,
  )

type Row = Awaited<ReturnType<typeof selectBatches>>[number]

/**
 * The answers and notices to all of an incident, the newest first, each with its progress and what the reader may do
 * with it: those in which the reader is author or reviewer, and those to reports they may see. Unsent text is shown
 * only to those who may act on it.
 */
export async function batchesOf(ctx: Context, incidentId: string) {
  const me = ctx.actor.id ?? sql`null`
  const rows = await selectBatches(ctx.db, ctx.actor)
    .where(
      and(
        eq(answerBatches.incidentId, incidentId),
        or(
          eq(answerBatches.authorId, me),
          eq(answerBatches.reviewerId, me),
          sql`exists (select from ${recipientsSeen(ctx.actor)})`,
        ),
      ),
    )
    .orderBy(desc(answerBatches.createdAt))
    .limit(50)
  const views = await Promise.all(rows.map((row) => viewOf(ctx, row)))
  const last = mayUse(ctx.actor, 'incidents.notify')
    ? rows.find(({ batch }) => batch.kind === 'notice' && batch.state === 'done')
    : undefined
  const since = last && (await reachedSince(ctx, last.batch))
  return views.map((view) => ({
    ...view,
    /** For the latest notice: how many persons it would reach now whom it has not reached; null for the others. */
    since: since !== undefined && view.id === last?.batch.id ? since : null,
  }))
}
export type BatchView = Awaited<ReturnType<typeof batchesOf>>[number]

/**
 * The number of persons who have reported since, or whose reports were linked to the incident, and who were reached
 * neither by this notice nor by one that follows it.
 */
async function reachedSince(ctx: Context, { id: followsId, incidentId, filter }: Row['batch']): Promise<number> {
  const chosen = { ...filter, openOnly: 'openOnly' in filter && filter.openOnly }
  const { recipients } = await noticeReach(ctx.db, ctx.actor, { incidentId, filter: chosen, followsId })
  return recipients.length
}

async function viewOf(ctx: Context, row: Row) {
  const { batch, author, reviewer, hasSeenSent } = row
  const isIn = isSteward(ctx, batch) || answersFor(ctx.actor, row.agencyIds)
  const [counts, leaving] = isIn ? [row.counts, row.leaving] : [row.seen, row.leavingSeen]
  const known = Object.fromEntries(recipientStatuses.map((status) => [status, counts?.[status] ?? 0]))
  const words = {
    what: batch.what,
    where: batch.whereDone,
    when: batch.whenDone,
    next: batch.next,
    ...outcomeOf(batch),
  }
  return {
    id: batch.id,
    kind: batch.kind,
    incidentId: batch.incidentId,
    state: batch.state,
    version: batch.version,
    filter: batch.filter,
    /** Null where the reader may not see them: none of the reports they may see has got them yet. */
    words: isIn || hasSeenSent ? words : null,
    /** Only those visible to the reader, unless they are involved in the batch. */
    recipients: isIn ? batch.recipients : Object.values(known).reduce((sum, n) => sum + n, 0),
    secondPerson: batch.secondPerson,
    author,
    createdAt: batch.createdAt,
    reviewer,
    reviewedAt: batch.reviewedAt,
    remarks: isIn ? batch.remarks : null,
    finishedAt: batch.finishedAt,
    /** When the notice will be sent, as long as that has not begun. */
    leavesAt: batch.state === 'sending' && batch.leavesAt && ctx.now() < batch.leavesAt ? batch.leavesAt : null,
    counts: known as Record<RecipientStatus, number>,
    /** Answered but not sent yet: these can still be withdrawn. */
    leaving,
    moves: await movesFor(ctx, batch),
  }
}

/** What the reader may do with it now; `own_batch` says why its author cannot approve it. */
async function movesFor(
  ctx: Context,
  batch: Row['batch'],
): Promise<{ move: BatchMove; refusalReason: string | null }[]> {
  const review =
    batch.state !== 'awaiting_approval'
      ? 'forbidden'
      : await capacityToReview(ctx.db, ctx, batch).then(
          () => null,
          (error: unknown) => {
            if (error instanceof DomainError) return error.code
            throw error
          },
        )
  const refusalReasonOf: Partial<Record<BatchMove, string | null>> = {
    approve: review,
    refuse: review,
    cancel: isSteward(ctx, batch) ? null : 'forbidden',
    resume: isSteward(ctx, batch) ? null : 'forbidden',
  }
  return batchMoves
    .filter((move) => mayMoveBatch(batch.state, move) && refusalReasonOf[move] !== undefined)
    .map((move) => ({ move, refusalReason: refusalReasonOf[move] ?? null }))
    .filter(({ refusalReason }) => refusalReason !== 'forbidden')
}

/** The outcome for each report, failures first, as far as the reader may see them. */
export async function batchRecipients(ctx: Context, batchId: string) {
  return ctx.db
    .select({
      reportId: reports.id,
      code: reports.code,
      title: reports.title,
      area: areas.name,
      status: answerBatchRecipients.status,
      refusal: answerBatchRecipients.refusal,
      /** For a person who gets the notice by another report: null until they have got it. */
      settledAt: sql<Date | null>`case when ${answerBatchRecipients.status} <> 'covered'
        or ${answerBatchRecipients.messageId} is not null then ${answerBatchRecipients.settledAt} end`.mapWith(
        answerBatchRecipients.settledAt,
      ),
      answerStatus: reportAnswers.status,
      sendAt: reportAnswers.sendAt,
      sentAt: reportAnswers.sentAt,
    })
    .from(answerBatchRecipients)
    .innerJoin(reports, eq(reports.id, answerBatchRecipients.reportId))
    .leftJoin(areas, eq(areas.id, reports.areaId))
    .leftJoin(reportAnswers, eq(reportAnswers.id, answerBatchRecipients.answerId))
    .where(and(eq(answerBatchRecipients.batchId, batchId), visibleTo(ctx.actor)))
    .orderBy(
      sql`array_position(array['failed', 'skipped', 'submitted', 'answered', 'noticed', 'covered', 'waiting', 'cancelled'], ${answerBatchRecipients.status})`,
      asc(reports.id),
    )
    .limit(2000)
}
export type BatchRecipient = Awaited<ReturnType<typeof batchRecipients>>[number]
