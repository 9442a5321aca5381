import { and, asc, count, eq, gt, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Connection } from '#db/client.ts'
import {
  agencies,
  answerBatches,
  answerBatchRecipients,
  areas,
  incidents,
  reporters,
  reports,
} from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { DomainError } from '#server/platform/errors.ts'
import { noticeLimits } from '#server/platform/rules/limits.ts'
import type { NoticeFilter } from '../rules/batch-schemas.ts'
import type { RejectReason, ReportState } from '../rules/lifecycle.ts'
import { reachOf } from '../rules/notice.ts'
import { inAreas, inSubTypes } from './batch-candidates.ts'
import { visibleTo } from './scope.ts'

const canonical = alias(reports, 'canonical')
const fewestDigits = 9

/**
 * The contacts by which a reporter can be reached: phone number and e-mail address, normalised and hashed. Enough to
 * tell persons apart, without showing the contacts themselves.
 */
const contacts = sql<string[]>`array_remove(array[
  case when length(phone_digits(${reporters.phone})) >= ${sql.raw(String(fewestDigits))}
    then 'phone ' || md5(phone_digits(${reporters.phone})) end,
  case when ${reporters.email} like '%_@_%' then 'email ' || md5(lower(btrim(${reporters.email}))) end], null)`

function selectReports(db: Connection) {
  return db
    .select({
      id: reports.id,
      code: reports.code,
      title: reports.title,
      state: sql<ReportState>`coalesce(${canonical.state}, ${reports.state})`,
      rejectReason: sql<RejectReason | null>`coalesce(${canonical.rejectReason}, ${reports.rejectReason})`,
      agencyId: reports.agencyId,
      agency: agencies.name,
      address: reports.address,
      area: areas.name,
      incident: incidents.name,
      receivedAt: reports.receivedAt,
      contacts,
    })
    .from(reports)
    .leftJoin(canonical, eq(canonical.id, reports.mergedIntoId))
    .innerJoin(incidents, sql`${incidents.id} in (${reports.incidentId}, ${canonical.incidentId})`)
    .leftJoin(reporters, eq(reporters.reportId, reports.id))
    .leftJoin(agencies, eq(agencies.id, reports.agencyId))
    .leftJoin(areas, eq(areas.id, reports.areaId))
}
export type NoticeReport = Awaited<ReturnType<typeof selectReports>>[number]

/** Reports of the incident itself, or merged into a report of it. */
const ofIncident = (incidentId: string): SQL => sql`${reports.id} in (
  select own.id from reports own where own.incident_id = ${incidentId}
  union select merged.id from reports merged join reports into_it on into_it.id = merged.merged_into_id
    where into_it.incident_id = ${incidentId})`

/** Those of the given reports that still belong to the incident, as a notice needs them, the oldest first. */
export const noticeReports = (db: Connection, incidentId: string, which: SQL | undefined): Promise<NoticeReport[]> =>
  selectReports(db)
    .where(and(ofIncident(incidentId), eq(incidents.id, incidentId), which))
    .orderBy(asc(reports.receivedAt), asc(reports.id))

type Draft = { incidentId: string; filter: NoticeFilter; followsId: string | null }

/** Whom a notice would reach and whom not, with its reports by id, and the first notice of those that it follows. */
export async function noticeReach(db: Connection, actor: Actor, { incidentId, filter, followsId }: Draft) {
  const rootId = followsId && (await rootOf(db, incidentId, followsId))
  const chosen = await noticeReports(db, incidentId, and(visibleTo(actor), inSubTypes(filter), inAreas(filter)))
  const reached = rootId ? await contactsReached(db, rootId) : []
  return { rootId, chosen, ...reachOf(chosen, { openOnly: filter.openOnly, reached }) }
}

/** The id of the first notice of a series: later ones follow it, to reach those who reported later. */
async function rootOf(db: Connection, incidentId: string, batchId: string): Promise<string> {
  const [batch] = await db
    .select({ id: answerBatches.id, followsId: answerBatches.followsId })
    .from(answerBatches)
    .where(
      and(
        eq(answerBatches.id, batchId),
        eq(answerBatches.kind, 'notice'),
        eq(answerBatches.incidentId, incidentId),
        eq(answerBatches.state, 'done'),
      ),
    )
  if (!batch) throw new DomainError('not_found', { subject: 'answer_batch' })
  return batch.followsId ?? batch.id
}

/** The contacts of each report by which the notice, or one that follows it, has reached someone or is about to. */
async function contactsReached(db: Connection, rootId: string): Promise<string[][]> {
  const rows = await db
    .select({ contacts })
    .from(answerBatchRecipients)
    .innerJoin(answerBatches, eq(answerBatches.id, answerBatchRecipients.batchId))
    .innerJoin(reporters, eq(reporters.reportId, answerBatchRecipients.reportId))
    .where(
      and(
        or(eq(answerBatches.id, rootId), eq(answerBatches.followsId, rootId)),
        or(
          inArray(answerBatchRecipients.status, ['waiting', 'noticed']),
          // For a person who still waits, the other reports are `covered` without a message.
          and(eq(answerBatchRecipients.status, 'covered'), isNotNull(answerBatchRecipients.messageId)),
        ),
      ),
    )
  return rows.map((row) => row.contacts)
}

/**
 * The number of persons reached, or about to be, by the notices of the incident in the period that counts together; a
 * person with two notices counts twice.
 */
export async function noticedLately(db: Connection, incidentId: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - noticeLimits.togetherSeconds * 1000)
  const [row] = await db
    .select({ persons: count() })
    .from(answerBatchRecipients)
    .innerJoin(answerBatches, eq(answerBatches.id, answerBatchRecipients.batchId))
    .where(
      and(
        eq(answerBatches.incidentId, incidentId),
        eq(answerBatches.kind, 'notice'),
        gt(answerBatches.createdAt, since),
        inArray(answerBatchRecipients.status, ['waiting', 'noticed']),
      ),
    )
  return row?.persons ?? 0
}
