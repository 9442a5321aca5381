import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Connection } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import type { ClockKind } from '#server/calendars/rules/deadlines.ts'
import { isoInHanoi } from '#server/platform/rules/local-day.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { mayHaveChangedSince } from '#server/reports/queries/changed-since.ts'
import { followed } from '#server/reports/queries/followed.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import { toldAnswers, toldMessages } from '#server/reports/queries/told.ts'
import type { Rating, RejectReason, ReportState } from '#server/reports/rules/lifecycle.ts'
import { type ToldState, toldStateOf } from '#server/reports/rules/told-state.ts'
import { cursorOf, placeIn } from '../rules/cursor.ts'
import { type operations, restPath } from '../rules/operations.ts'
import { invalid } from '../rules/request.ts'
import type { report, reportSummary } from '../rules/schemas.ts'

type Summary = z.output<typeof reportSummary>
type Report = z.output<typeof report>
export type ReportQuery = z.output<typeof operations.listReports.query>

type Row = {
  id: number
  code: string
  sourceKey: string
  serviceCode: string
  serviceName: string
  state: ReportState
  transferCount: number
  status: 'open' | 'closed'
  agencyId: string | null
  agencyName: string | null
  requestedAt: string
  updatedAt: string
  dueAt: string | null
  clockKind: ClockKind | null
  firstDueAt: string | null
  isPaused: boolean
  rating: Rating | null
  rejectReason: RejectReason | null
  question: string | null
}

/**
 * Adds the running clock and its deadline before extensions. For a returned report, which waits for intake again, that
 * is still the resolution clock.
 */
const withFirst = (own: SQL): SQL => sql`
  select own.*, clock.kind as "clockKind", clock.first_due_at as "firstDueAt"
  from (${own}) own
  left join lateral (
    select k.kind, k.first_due_at from report_clocks k where k.report_id = own.id and k.stopped_at is null
    order by k.kind desc, k.round desc limit 1
  ) clock on true`

/** The same rule as `toldStateOf`, as SQL on the columns of `followed`. */
const stateIn = (states: readonly ToldState[]): SQL => sql`(case
  when status = 'closed' then case own.state when 'rejected' then 'refused' else own.state end
  when own.state = 'awaiting_intake' then 'awaiting_intake'
  when own.state = 'awaiting_citizen' then 'awaiting_citizen'
  when own.state = 'awaiting_acceptance' then case when "transferCount" > 0 then 'forwarded' else 'awaiting_handling' end
  else 'in_progress' end) = any(${textArray(states)})`

/**
 * A page of the reports that a client sent, newest first. The cursor identifies a report whose position in the order
 * never changes, so concurrent changes cause no gaps or repetitions.
 */
export async function listOwnReports(db: Connection, clientId: string, query: ReportQuery) {
  const { cursor, limit, state, category, reference, updated_after, received_after, received_before } = query
  const source = sourceOf(clientId)
  const place = cursor === undefined ? null : await placeOf(db, source, cursor)
  const at = (time: string) => sql`${new Date(time).toISOString()}::timestamptz`
  const conditions = [
    received_after && sql`r.received_at >= ${at(received_after)}`,
    received_before && sql`r.received_at < ${at(received_before)}`,
    updated_after && mayHaveChangedSince(sql`r.id`, new Date(updated_after), source),
    category && sql`r.category_code = any(${textArray(category)})`,
    reference && sql`r.source_key = any(${textArray(reference.map((each) => `reference ${normalise(each)}`))})`,
    place && sql`(r.received_at, r.id) < (${place.receivedAt.toISOString()}::timestamptz, ${place.id})`,
  ].filter((condition) => condition !== undefined && condition !== '' && condition !== null)
  const own = sql`${followed} where r.source like 'client:%' and r.source = ${source}
    ${sql.join(conditions.map((condition) => sql` and ${condition}`))}`
  const rows = await db.execute<Row>(sql`
    select * from (${withFirst(own)}) own
    where ${state ? stateIn(state) : sql`true`} and ${updated_after ? sql`"updatedAt" >= ${at(updated_after)}` : sql`true`}
    order by "requestedAt" desc, id desc
    limit ${limit + 1}`)
  const shown = rows.slice(0, limit)
  return { items: shown.map(summaryOf), next: rows.length > limit ? cursorOf(shown.at(-1)?.code ?? '') : null }
}

async function placeOf(db: Connection, source: string, cursor: string) {
  const code = placeIn(cursor)
  const [place] =
    code === null
      ? []
      : await db
          .select({ id: reports.id, receivedAt: reports.receivedAt })
          .from(reports)
          .where(and(eq(reports.source, source), eq(reports.code, code)))
  if (!place) throw invalid('parameter', 'cursor', 'is not the `next` of a page of this key')
  return place
}

/** A report with everything that was sent to the citizen; null if the client did not send the report. */
export async function ownReport(
  db: Connection,
  { clientId, code, home }: { clientId: string; code: string; home: string },
): Promise<Report | null> {
  const r = sql`r`
  const own = sql`${followed} where r.source like 'client:%' and r.source = ${sourceOf(clientId)} and r.code = ${code}`
  const [[row], told] = await Promise.all([
    db.execute<Row>(withFirst(own)),
    db.execute<{ photos: StoredPhoto[]; answers: StoredAnswer[]; messages: ToldMessage[] }>(sql`
      select ${photosIn(sql`report_photos p where p.report_id = r.id and p.kind = 'citizen'`)} as photos, (
          select coalesce(json_agg(json_build_object('id', t.id, 'kind', t.kind, 'at', t.at, 'what', t.what,
            'where', t.where_done, 'when', t.when_done, 'next', t.next,
            'outcome', t.outcome, 'planned_for', t.planned_for, 'referred_to', nullif(t.referred_to, ''),
            'photos', ${photosIn(sql`answer_photos p where p.answer_id = t.id`)},
            'agency', case when g.id is not null then json_build_object('id', g.id, 'name', g.name) end)
            order by t.at, t.id), '[]'::json)
          from (${toldAnswers(r)}) t left join agencies g on g.id = t.agency_id
        ) as answers, (
          select coalesce(json_agg(json_build_object('id', t.id, 'kind', t.kind, 'at', t.at, 'body', t.body)
            order by t.at, t.id), '[]'::json)
          from (${toldMessages(r)}) t
        ) as messages
      from reports r where r.source = ${sourceOf(clientId)} and r.code = ${code}`),
  ])
  const [sent] = told
  if (!row || !sent) return null
  const shown = (photos: readonly StoredPhoto[]) =>
    photos.map((photo) => ({ ...photo, url: `${home}${restPath}/reports/${row.code}/photos/${photo.id}` }))
  const at = <Told extends { at: string }>(each: Told): Told => ({ ...each, at: isoInHanoi(new Date(each.at)) })
  const summary = summaryOf(row)
  return {
    ...summary,
    question: row.question,
    refusal_reason: summary.state === 'refused' ? row.rejectReason : null,
    photos: shown(sent.photos),
    answers: sent.answers.map((answer) => at({ ...answer, photos: shown(answer.photos) })),
    messages: sent.messages.map(at),
  }
}

type StoredPhoto = Omit<Report['photos'][number], 'url'>
type StoredAnswer = Omit<Report['answers'][number], 'photos'> & { photos: StoredPhoto[] }
type ToldMessage = Report['messages'][number]

/** The photos of rows with the alias `p`. */
const photosIn = (rows: SQL): SQL => sql`(
  select coalesce(json_agg(json_build_object('id', f.id, 'width', f.width, 'height', f.height) order by f.id), '[]'::json)
  from files f where f.id in (select p.file_id from ${rows}))`

function summaryOf(row: Row): Summary {
  const isOpen = row.status === 'open'
  const time = (at: string | null) => at && isoInHanoi(new Date(at))
  const { dueAt, isPaused } = row
  return {
    code: row.code,
    reference: /^reference (.*)$/s.exec(row.sourceKey)?.[1] ?? null,
    state: toldStateOf(row),
    category: { code: row.serviceCode, name: row.serviceName },
    agency: row.agencyId === null || row.agencyName === null ? null : { id: row.agencyId, name: row.agencyName },
    received_at: isoInHanoi(new Date(row.requestedAt)),
    updated_at: isoInHanoi(new Date(row.updatedAt)),
    deadline:
      isOpen && (dueAt !== null || isPaused)
        ? {
            kind: row.clockKind ?? (row.state === 'awaiting_intake' ? 'intake' : 'resolution'),
            due_at: time(dueAt),
            first_due_at: time(row.firstDueAt),
            is_paused: isPaused,
          }
        : null,
    rating: row.rating,
  }
}
