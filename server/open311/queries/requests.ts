import { and, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { runPrepared } from '#db/prepared.ts'
import { files, reports } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { mayHaveChangedSince } from '#server/reports/queries/changed-since.ts'
import { followed } from '#server/reports/queries/followed.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import { toldAnswers } from '#server/reports/queries/told.ts'
import type { RejectReason, ReportState } from '#server/reports/rules/lifecycle.ts'
import { commitmentDueAt, noOutcome, type OutcomeOf } from '#server/reports/rules/outcome.ts'
import { photoPath } from '../rules/address.ts'
import type { OpenRequest } from '../rules/documents.ts'
import type { RequestFilter } from '../rules/filters.ts'
import { type Ended, type RequestStatus, requestStatusOf, type StatusWords, statusNotes } from '../rules/status.ts'

type Row = {
  code: string
  /** `closed`: the citizen was sent the end of the matter, also where that is a plan. */
  status: RequestStatus
  state: ReportState
  transferCount: number
  answer: ({ what: string; where: string; when: string; next: string } & OutcomeOf) | null
  rejectReason: RejectReason | null
  question: string | null
  serviceCode: string
  serviceName: string
  body: string
  agencyName: string | null
  requestedAt: string
  updatedAt: string
  expectedAt: string | null
  address: string
  lat: number | null
  lon: number | null
  photoId: string | null
}

/** The requests that a client sent itself, the newest first, up to `most`, with the words in which it sent them. */
export async function ownRequests(
  db: Connection,
  clientId: string,
  filter: RequestFilter,
  most: number,
  words: StatusWords,
): Promise<OpenRequest[]> {
  const rows = await runPrepared<Row>(
    db,
    sql`
    select * from (${followed} where r.source like 'client:%' and r.source = ${sourceOf(clientId)}
      and ${within(sql`r.received_at`, filter.ids ? null : filter.requested)}
      and ${filter.ids || !filter.updated ? sql`true` : mayHaveChangedSince(sql`r.id`, filter.updated.from, sourceOf(clientId))}) own
    where ${conditionOf(filter)}
    order by "requestedAt" desc, id desc
    limit ${most}`,
  )
  return rows.map((row) => openRequestOf(row, words))
}

/** The one that this client sent, by its public code, else by its reference, else by the key of its request. */
export async function ownCode(db: Connection, clientId: string, token: string): Promise<string | null> {
  const keys = textArray([`reference ${token}`, `request ${token}`])
  const [found] = await db
    .select({ code: reports.code })
    .from(reports)
    .where(
      and(
        eq(reports.source, sourceOf(clientId)),
        sql`(${reports.code} = ${token} or ${reports.sourceKey} = any(${keys}))`,
      ),
    )
    .orderBy(
      sql`${reports.code} = ${token} desc`,
      sql`${reports.sourceKey} = ${`reference ${token}`} desc`,
      desc(reports.id),
    )
    .limit(1)
  return found?.code ?? null
}

/**
 * The copy without metadata of a photo that the reporter sent or was sent with an answer, if the client sent the
 * report; otherwise null.
 */
export async function ownPhoto(db: Connection, clientId: string, code: string, fileId: string): Promise<string | null> {
  const isSent = sql`exists (select from report_photos p
    where p.report_id = ${reports.id} and p.file_id = ${files.id} and p.kind = 'citizen')`
  const isTold = sql`exists (select from answer_photos p join (${toldAnswers(sql`${reports}`)}) t on t.id = p.answer_id
    where p.file_id = ${files.id})`
  const [found] = await db
    .select({ key: files.publicKey })
    .from(reports)
    .innerJoin(files, and(eq(files.id, fileId), or(isSent, isTold)))
    .where(and(eq(reports.source, sourceOf(clientId)), eq(reports.code, code)))
  return found?.key ?? null
}

function conditionOf({ ids, serviceCodes, statuses, updated }: RequestFilter): SQL {
  if (ids) return sql`code = any(${textArray(ids)})`
  return sql`${within(sql`"updatedAt"`, updated)}
    and ${serviceCodes ? sql`"serviceCode" = any(${textArray(serviceCodes)})` : sql`true`}
    and ${statuses ? sql`${requestStatus} = any(${textArray(statuses)})` : sql`true`}`
}

/** The same rule as `requestStatusOf`, as SQL on the columns of `followed`. */
const requestStatus = sql`(case when status = 'closed'
  and (state = 'rejected' or answer ->> 'outcome' is distinct from 'planned') then 'closed' else 'open' end)`

export const within = (time: SQL, span: RequestFilter['requested']): SQL =>
  span
    ? sql`(${time} between ${span.from.toISOString()}::timestamptz and ${span.to.toISOString()}::timestamptz)`
    : sql`true`

function openRequestOf(row: Row, words: StatusWords): OpenRequest {
  const isAnswered = row.status === 'closed'
  const isRejected = isAnswered && row.state === 'rejected'
  const { outcome, plannedFor, referredTo } = (isAnswered && !isRejected && row.answer) || noOutcome
  const ended: Ended = {
    ...{ outcome, plannedFor, referredTo, isRejected },
    rejectReason: isRejected ? row.rejectReason : null,
  }
  return {
    code: row.code,
    status: requestStatusOf(row.status, ended),
    isAnswered,
    notes: statusNotes(row.status, row, ended, words),
    serviceCode: row.serviceCode,
    serviceName: row.serviceName,
    description: row.body,
    agencyName: row.agencyName,
    requestedAt: new Date(row.requestedAt),
    updatedAt: new Date(row.updatedAt),
    expectedAt: isAnswered ? commitmentDueAt(plannedFor) : row.expectedAt === null ? null : new Date(row.expectedAt),
    address: row.address,
    lat: row.lat,
    lon: row.lon,
    photoPath: row.photoId && photoPath(row.code, row.photoId),
    outcome,
    plannedFor,
    rejectReason: ended.rejectReason,
  }
}
