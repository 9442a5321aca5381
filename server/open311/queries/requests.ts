import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { files, reportPhotos, reports } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import { isHeld, toldAnswers } from '#server/reports/queries/told.ts'
import { type ReportState, rejectReasons, silentRejectReasons } from '#server/reports/rules/lifecycle.ts'
import type { OpenRequest } from '../rules/documents.ts'
import type { RequestFilter } from '../rules/filters.ts'
import { closedStates, type OpenLabel, type RequestStatus, statusNotes } from '../rules/status.ts'

type Row = {
  code: string
  status: RequestStatus
  state: ReportState
  transferCount: number
  answer: { what: string; where: string; when: string; next: string } | null
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

const literals = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '))
const [r, m] = [sql`r`, sql`m`]
const answerable = rejectReasons.filter((reason) => !(silentRejectReasons as readonly string[]).includes(reason))

/**
 * Reports as their sender follows them. `told` is the last answer that the citizen was sent, also one that was passed
 * on from the report about the same matter; until there is one, nothing that needs one is closed. Of a decision that
 * can still be taken back, on it or on the report it was merged into, nothing is told: no end, agency, transfer or
 * date, nor the question.
 */
const followed = sql`
  select r.id, r.code, r.category_code as "serviceCode", c.name as "serviceName", r.body, r.address, r.lat, r.lon,
    r.received_at as "requestedAt", followed.state, told.answer,
    case when held.is then 0 else r.transfer_count end as "transferCount",
    case when followed.state in (${literals(closedStates)}) and not held.is and not (
      told.at is null and (followed.state = 'answered'
        or (r.state = 'rejected' and exists (select from report_answers a where a.report_id = r.id))
        or (r.state = 'merged' and m.reject_reason in (${literals(answerable)})))) then 'closed' else 'open' end as status,
    greatest(r.last_activity_at, r.received_at, told.at, r.closed_at, m.last_activity_at, m.closed_at,
      case when r.released_at <= now() then r.released_at end,
      case when m.released_at <= now() then m.released_at end) as "updatedAt",
    case when r.state in ('awaiting_intake', 'awaiting_citizen') or held.is then null else r.due_at end as "expectedAt",
    case when followed.state = 'awaiting_intake' or held.is then null else g.name end as "agencyName",
    case when r.state = 'awaiting_citizen' and not held.is then (
      select q.body from report_messages q where q.report_id = r.id and q.kind = 'question'
      order by q.created_at desc limit 1) end as question,
    (select p.file_id from report_photos p where p.report_id = r.id and p.kind = 'citizen'
      order by p.position, p.file_id limit 1) as "photoId"
  from reports r
  join categories c on c.code = r.category_code
  left join reports m on m.id = r.merged_into_id
  left join agencies g on g.id = coalesce(m.agency_id, r.agency_id)
  cross join lateral (select ${isHeld(r)} or ${isHeld(m)} as is) held
  cross join lateral (
    select case when held.is and r.state in ('awaiting_citizen', 'merged') then 'in_progress'
      when r.state <> 'merged' then r.state when m.state = 'merged' then 'in_progress' else m.state end as state
  ) followed
  left join lateral (
    select t.at, json_build_object('what', t.what, 'where', t.where_done, 'when', t.when_done, 'next', t.next) as answer
    from (${toldAnswers(r)}) t order by t.at desc limit 1
  ) told on true`

/** The requests that a client sent itself, the newest first, up to `most`, with the words in which it sent them. */
export async function ownRequests(
  db: Connection,
  clientId: string,
  filter: RequestFilter,
  most: number,
  nameOf: (label: OpenLabel) => string,
): Promise<OpenRequest[]> {
  const rows = await db.execute<Row>(sql`
    select * from (${followed} where r.source like 'client:%' and r.source = ${sourceOf(clientId)}
      and ${within(sql`r.received_at`, filter.ids ? null : filter.requested)}) own
    where ${conditionOf(filter)}
    order by "requestedAt" desc, id desc
    limit ${most}`)
  return rows.map((row) => openRequestOf(row, nameOf))
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

/** The copy of a photo without its hidden data, where the client sent the report; null if there is none. */
export async function ownPhoto(db: Connection, clientId: string, code: string, fileId: string): Promise<string | null> {
  const [found] = await db
    .select({ key: files.publicKey })
    .from(reportPhotos)
    .innerJoin(reports, eq(reports.id, reportPhotos.reportId))
    .innerJoin(files, eq(files.id, reportPhotos.fileId))
    .where(
      and(
        eq(reports.source, sourceOf(clientId)),
        eq(reports.code, code),
        eq(reportPhotos.fileId, fileId),
        eq(reportPhotos.kind, 'citizen'),
      ),
    )
  return found?.key ?? null
}

function conditionOf({ ids, serviceCodes, statuses, updated }: RequestFilter): SQL {
  if (ids) return sql`code = any(${textArray(ids)})`
  return sql`${within(sql`"updatedAt"`, updated)}
    and ${serviceCodes ? sql`"serviceCode" = any(${textArray(serviceCodes)})` : sql`true`}
    and ${statuses ? sql`status = any(${textArray(statuses)})` : sql`true`}`
}

export const within = (time: SQL, span: RequestFilter['requested']): SQL =>
  span
    ? sql`(${time} between ${span.from.toISOString()}::timestamptz and ${span.to.toISOString()}::timestamptz)`
    : sql`true`

const openRequestOf = (row: Row, nameOf: (label: OpenLabel) => string): OpenRequest => ({
  code: row.code,
  status: row.status,
  notes: statusNotes(row.status, row, nameOf),
  serviceCode: row.serviceCode,
  serviceName: row.serviceName,
  description: row.body,
  agencyName: row.agencyName,
  requestedAt: new Date(row.requestedAt),
  updatedAt: new Date(row.updatedAt),
  expectedAt: row.expectedAt === null || row.status === 'closed' ? null : new Date(row.expectedAt),
  address: row.address,
  lat: row.lat,
  lon: row.lon,
  photoId: row.photoId,
})
