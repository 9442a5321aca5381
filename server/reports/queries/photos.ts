import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { answerPhotos, files, reportAnswers, reportPhotos, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { AnswerStatus } from '../rules/parts.ts'
import { unmergeHours } from '../rules/policy.ts'
import { mayReadPhoto, readingOf, scopeOf } from '../rules/scope.ts'
import { visibleTo } from './scope.ts'

/** The answers of its report for which a photo is proof, as a condition on them. */
const answersWithIt = sql`
  from ${answerPhotos} join ${reportAnswers} on ${reportAnswers.id} = ${answerPhotos.answerId}
  where ${reportPhotos.kind} = 'proof' and ${answerPhotos.fileId} = ${reportPhotos.fileId}
    and ${reportAnswers.reportId} = ${reportPhotos.reportId}`

/** What cancelled it can still be undone: within seconds, or, as a merge, within a day. */
const canBeResumed = sql`exists (
  select from events e where e.report_id = s.report_id and e.version = s.cancelled_in
    and now() < coalesce((e.details #>> '{kept,until}')::timestamptz, e.at + make_interval(hours => ${unmergeHours})))`

const isInScheduled = sql`(${reportPhotos.kind} = 'proof' and exists (
  select from scheduled_answers s
  where s.report_id = ${reportPhotos.reportId} and s.words -> 'photoIds' ? ${reportPhotos.fileId}::text
    and (s.cancelled_in is null or ${canBeResumed})))`

/**
 * Whether a photo is proof of an answer, or of one that waits for its time or may do so again, and so part of it.
 * Usable in any select over `report_photos`.
 */
export const isInAnswer = sql`(exists (select ${answersWithIt}) or ${isInScheduled})`

/**
 * The reports to which a photo is attached and on which the actor may see it: on a report that another agency holds
 * now, only where the actor may see the rest of their own part. Those who read everything see it everywhere.
 */
export async function hangingsInSight(db: Connection, actor: Actor, fileId: string) {
  const hangings = db
    .select({
      reportId: reports.id,
      holderId: reports.agencyId,
      kind: reportPhotos.kind,
      agencyId: reportPhotos.agencyId,
      answers: sql<{ status: AnswerStatus; agencyId: string | null }[]>`(
        select coalesce(json_agg(json_build_object('status', ${reportAnswers.status}, 'agencyId', ${reportAnswers.agencyId})), '[]')
        ${answersWithIt})`,
    })
    .from(reportPhotos)
    .innerJoin(reports, eq(reports.id, reportPhotos.reportId))
    .where(and(eq(reportPhotos.fileId, fileId), visibleTo(actor)))
    .orderBy(reports.id)
  const found = await (scopeOf(actor).all ? hangings.limit(1) : hangings)
  return found.filter((photo) => mayReadPhoto(photo, readingOf(actor, { agencyId: photo.holderId })))
}

/**
 * Whether it is proof of an answer that was passed on to the reporter of a visible report: what that citizen was sent
 * is visible there.
 */
async function wasPassedOn(db: Connection, actor: Actor, fileId: string): Promise<boolean> {
  const [found] = await db.execute<{ is: boolean }>(sql`
    select exists (
      select from answer_photos proof join report_answers answer on answer.id = proof.answer_id and answer.status = 'sent'
      cross join lateral (
        select id from reports where merged_into_id = answer.report_id
        union all select id from reports where linked_to_id = answer.report_id
        union all select merged.id from reports linked join reports merged on merged.merged_into_id = linked.id
          where linked.linked_to_id = answer.report_id) follower
      join reports on ${reports.id} = follower.id
      where proof.file_id = ${fileId}::uuid and ${visibleTo(actor)} and exists (
        select from events passed where passed.report_id = follower.id and passed.event = 'report.answer_passed_on'
          and passed.details ->> 'answerId' = answer.id::text)) as is`)
  return found?.is === true
}

/**
 * A photo attached to a report where the actor may see it, or sent with an answer to the reporter of a visible report,
 * or just uploaded by the actor. Everything else is not found, without distinction: unknown files, files of others and
 * files uploaded for another purpose.
 */
export async function visiblePhoto({ db, actor }: Pick<Context, 'db' | 'actor'>, fileId: string) {
  const isOwnUpload = and(isNull(files.attachedAt), eq(files.ownerId, sql`${actor.id}::uuid`))
  const [[file], hangings] = await Promise.all([
    db
      .select({
        public: files.publicKey,
        thumb: files.thumbKey,
        isOwnUpload: sql<boolean>`coalesce(${isOwnUpload}, false)`,
      })
      .from(files)
      .where(and(eq(files.id, fileId), eq(files.purpose, 'report_photo'))),
    hangingsInSight(db, actor, fileId),
  ])
  const isSeen = file && (file.isOwnUpload || hangings.length > 0 || (await wasPassedOn(db, actor, fileId)))
  if (!isSeen) throw new DomainError('not_found')
  return { public: file.public, thumb: file.thumb }
}
