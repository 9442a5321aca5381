import { and, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Transaction } from '#db/client.ts'
import { events, reportAnswers, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { type EventEntry, recordEvent } from '#server/events/commands.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { type FollowWay, reaches, standingAnswer } from '../rules/following.ts'
import type { AnswerKind } from '../rules/parts.ts'
import { sendTime } from './answers.ts'
import type { Desk } from './move-report.ts'

export const passedOn = 'report.answer_passed_on'

type Answer = { id: string; kind: AnswerKind }
type Followed = { id: number; code: string }

/** The event on the following report: the other's answer has reached its reporter. */
export const passedOnEntry = (followerId: number, from: Followed, answer: Answer): EventEntry => ({
  event: passedOn,
  subject: { kind: 'report', id: followerId },
  details: { answerId: answer.id, fromReportId: from.id, fromCode: from.code },
})

/**
 * The reports whose reporters get such an answer too: those merged into its report or linked to it, and those merged
 * into a linked one.
 */
export async function followersOf(tx: Transaction, reportId: number, kind: AnswerKind): Promise<{ id: number }[]> {
  const linked = tx.select({ id: reports.id }).from(reports).where(eq(reports.linkedToId, reportId))
  const ways: Record<FollowWay, ReturnType<typeof or>> = {
    merged: eq(reports.mergedIntoId, reportId),
    linked: or(eq(reports.linkedToId, reportId), inArray(reports.mergedIntoId, linked)),
  }
  const reached = (Object.keys(ways) as FollowWay[]).filter((way) => reaches(kind, way))
  return tx
    .select({ id: reports.id })
    .from(reports)
    .where(or(...reached.map((way) => ways[way])))
}

/**
 * A report has begun to follow another: an answer that was sent there already is passed on to its reporter once the
 * time to undo the merge or link has passed.
 */
export async function queuePassingOn(desk: Desk, followedId: number): Promise<void> {
  const { tx, report } = desk
  const standing = await standingAnswers(tx, [followedId])
  if (standing.length === 0) return
  const options = { runAt: sendTime(desk), jobKey: `pass_answers_on:${report.id}` }
  await queueJob(tx, 'pass_answers_on', { reportId: report.id }, options)
}

/**
 * Passes on the answers that were sent before the report began to follow. Run by a job that may come twice or too late:
 * a report that no longer follows is left alone, and no answer is passed on twice. Returns how many answers were passed
 * on.
 */
export async function passAnswersOn(ctx: Context, reportId: number): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const [report] = await tx
      .select({ id: reports.id, mergedIntoId: reports.mergedIntoId, linkedToId: reports.linkedToId })
      .from(reports)
      .where(eq(reports.id, reportId))
      .for('no key update')
    const followedIds = [report?.mergedIntoId, report?.linkedToId].filter((id) => typeof id === 'number')
    if (!report || followedIds.length === 0) return 0
    const standing = await standingAnswers(tx, followedIds, report.id)
    await recordEvent(tx, ctx, ...standing.map(({ from, answer }) => passedOnEntry(report.id, from, answer)))
    return standing.length
  })
}

/**
 * The valid answers of these reports and of those they are linked to themselves, without those that reached the
 * follower before.
 */
async function standingAnswers(tx: Transaction, followedIds: number[], followerId: number | null = null) {
  const linking = alias(reports, 'linking')
  const linkedTo = tx
    .select({ id: linking.linkedToId })
    .from(linking)
    .where(and(inArray(linking.id, followedIds), isNotNull(linking.linkedToId)))
  // In one statement: for an answer that is sent meanwhile, both the answer and the event of passing it on are seen, or
  // neither.
  const rows = await tx
    .select({
      from: { id: reports.id, code: reports.code },
      state: reports.state,
      answer: { id: reportAnswers.id, kind: reportAnswers.kind, status: reportAnswers.status },
      hasReached: sql<boolean>`exists (select from ${events} where ${events.reportId} = ${followerId}::bigint
        and ${events.event} = ${passedOn} and ${events.details} ->> 'answerId' = ${reportAnswers.id}::text)`,
    })
    .from(reports)
    .innerJoin(reportAnswers, eq(reportAnswers.reportId, reports.id))
    .where(or(inArray(reports.id, followedIds), inArray(reports.id, linkedTo)))
    .orderBy(asc(reportAnswers.createdAt), asc(reportAnswers.id))
  return [...Map.groupBy(rows, ({ from }) => from.id).values()].flatMap((ofOne) => {
    const [{ from, state } = ofOne[0] as (typeof rows)[number]] = ofOne
    const answer = standingAnswer(
      { state },
      ofOne.map((row) => ({ ...row.answer, hasReached: row.hasReached })),
    )
    return answer && !answer.hasReached ? [{ from, answer }] : []
  })
}
