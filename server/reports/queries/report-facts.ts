import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { ClockKind, ClockTime } from '#server/calendars/rules/deadlines.ts'
import type { SubType } from '#server/incidents/rules/sub-types.ts'
import type { RejectReason, ReportState, RequestKind } from '../rules/lifecycle.ts'
import type { Mention } from '../rules/mentions.ts'
import type { OutcomeOf } from '../rules/outcome.ts'
import type { AnswerKind, AnswerStatus, MessageKind, PhotoKind, RequestStatus } from '../rules/parts.ts'
import type { LoggedEvent } from '../rules/timeline.ts'

/** Instants come out of JSON as text. */
type Instant = string

/**
 * Everything that belongs to a report, collected by PostgreSQL into one JSON value, so that a report is one round trip.
 */
export type ReportFacts = {
  category: { name: string; nameEn: string; parentName: string; parentNameEn: string; needsPhoto: boolean }
  area: string | null
  agency: { name: string; shortName: string } | null
  incident: { name: string; nameEn: string; stormMode: boolean; reports: number } | null
  mergedInto: { id: number; code: string; title: string; state: ReportState; rejectReason: RejectReason | null } | null
  merged: FollowerFact[]
  /** The report whose answer this one's reporter gets too, and since when. */
  linkedTo: { id: number; code: string; title: string; state: ReportState; at: Instant; answered: boolean } | null
  linked: FollowerFact[]
  reporter: { name: string | null; phone: string | null; email: string | null; address: string | null } | null
  clocks: ClockFact[]
  photos: PhotoFact[]
  notes: { id: string; body: string; mentions: Mention[] }[]
  messages: { id: string; kind: MessageKind; body: string; at: Instant }[]
  answers: AnswerFact[]
  /** The answers of the report it follows, merged or linked, that have reached this one's reporter too. */
  canonicalAnswers: AnswerFact[]
  /** Incidents it may belong to, as long as it belongs to none. */
  suggested: {
    id: string
    name: string
    nameEn: string
    stormMode: boolean
    subType: SubType | null
    keywords: string[]
  }[]
  requests: RequestFact[]
  events: LoggedEvent[]
  people: Record<string, { name: string; position: string; agency: string }>
  agencies: Record<string, string>
  areas: Record<string, string>
  incidents: Record<string, string>
  categories: Record<string, { name: string; nameEn: string }>
  reports: Record<string, string>
}

type FollowerFact = { id: number; code: string; title: string; receivedAt: Instant }

export type ClockFact = {
  kind: ClockKind
  round: number
  calendarId: string
  calendarName: string
  time: ClockTime
  startedAt: Instant
  targetMinutes: number
  extendedMinutes: number
  pauses: { from: Instant; to: Instant | null; reason: string }[]
  spells: { until: Instant; time: ClockTime }[]
  firstDueAt: Instant | null
  dueAt: Instant | null
  stoppedAt: Instant | null
}

export type PhotoFact = {
  fileId: string
  name: string
  kind: PhotoKind
  addedById: string | null
  addedAt: Instant
  agencyId: string | null
  width: number
  height: number
}

export type AnswerFact = OutcomeOf & {
  id: string
  round: number
  kind: AnswerKind
  status: AnswerStatus
  agencyId: string | null
  authorId: string
  what: string
  where: string
  when: string
  next: string
  remarks: string | null
  reviewerId: string | null
  createdAt: Instant
  reviewedAt: Instant | null
  sendAt: Instant | null
  sentAt: Instant | null
  photoIds: string[]
}

export type RequestFact = {
  id: string
  kind: RequestKind
  status: RequestStatus
  reason: string
  minutes: number | null
  agencyId: string | null
  /** The answer that a follow-up would send. */
  answerId: string | null
  askedById: string
  askedFor: string | null
  askedAt: Instant
  decidedById: string | null
  decidedAt: Instant | null
  remarks: string | null
}

const id = reports.id
const list = (rows: SQL) => sql`(select coalesce(json_agg(x), '[]'::json) from (${rows}) x)`
const book = (rows: SQL) => sql`(select coalesce(json_object_agg(k, v), '{}'::json) from (${rows}) x)`

const uuidForm = sql.raw("'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'")

const answerRows = sql`
  select a.id, a.round, a.kind, a.status, a.agency_id as "agencyId", a.author_id as "authorId", a.what,
    a.where_done as "where", a.when_done as "when", a.next, a.outcome, a.planned_for as "plannedFor",
    a.referred_to as "referredTo", a.remarks, a.reviewer_id as "reviewerId",
    a.created_at as "createdAt", a.reviewed_at as "reviewedAt", a.send_at as "sendAt", a.sent_at as "sentAt",
    array(select file_id from answer_photos where answer_id = a.id) as "photoIds"
  from report_answers a`

/** Ids of events of other reports whose text is shown on this one since it was split from them. */
export const takenOver = (reportId: SQL | number | typeof id) => sql`
  select jsonb_array_elements_text(t.details -> 'tookOver')::bigint from events t
  where t.report_id = ${reportId} and t.details ? 'tookOver'`

/**
 * The events of the report, with those it has taken over, are read once; and every string and number in the details of
 * its own: ids of people, agencies, areas, incidents, categories. Ids are compared as ids, so that indexes are used.
 */
const eventsRead = sql`
  own as materialized (
    select e.id, e.at, e.event, e.actor_kind as "actorKind", e.actor_id as "actorId",
      e.on_behalf_of as "onBehalfOf", e.agency_id as "agencyId", e.from_state as "from", e.to_state as "to", e.details
    from events e where e.report_id = ${id}),
  shown as materialized (
    select * from own
    union all
    select e.id, e.at, e.event, e.actor_kind, e.actor_id, e.on_behalf_of, e.agency_id, e.from_state, e.to_state,
      e.details
    from events e where e.report_id <> ${id} and e.id = any(array(
      select jsonb_array_elements_text(o.details -> 'tookOver')::bigint from own o where o.details ? 'tookOver'))),
  said as materialized (
    select array_agg(word) as words, array_agg(word::uuid) filter (where word ~ ${uuidForm}) as uuids,
      array_agg(word::integer) filter (where word ~ '^[0-9]{1,9}$') as numbers
    from (
      select distinct v #>> '{}' as word from own, jsonb_path_query(own.details, 'strict $.**') v
      where jsonb_typeof(v) in ('string', 'number')) each)`

/** Usable in any select over `reports`; it needs only the columns of the row. */
export const reportFacts = sql<ReportFacts>`(
  with ${eventsRead}
  select json_build_object(
    'category', (
      select json_build_object('name', c.name, 'nameEn', c.name_en, 'parentName', coalesce(p.name, c.name),
        'parentNameEn', coalesce(p.name_en, c.name_en), 'needsPhoto', c.needs_photo)
      from categories c left join categories p on p.code = c.parent_code where c.code = ${reports.categoryCode}),
    'area', (select name from areas where id = ${reports.areaId}),
    'agency', (select json_build_object('name', name, 'shortName', short_name) from agencies where id = ${reports.agencyId}),
    'incident', case when ${reports.incidentId} is not null then (
      select json_build_object('name', i.name, 'nameEn', i.name_en, 'stormMode', i.storm_mode, 'reports', (
        select count(*) from (select from reports r where r.incident_id = i.id limit 1001) counted))
      from incidents i where i.id = ${reports.incidentId}) end,
    'mergedInto', case when ${reports.mergedIntoId} is not null then (
      select json_build_object('id', r.id, 'code', r.code, 'title', r.title, 'state', r.state,
        'rejectReason', r.reject_reason)
      from reports r where r.id = ${reports.mergedIntoId}) end,
    'merged', case when ${reports.mergedCount} = 0 then '[]'::json else ${list(sql`
      select r.id, r.code, r.title, r.received_at as "receivedAt" from reports r
      where r.merged_into_id = ${id} order by r.received_at, r.id limit 100`)} end,
    'linkedTo', case when ${reports.linkedToId} is not null then (
      select json_build_object('id', r.id, 'code', r.code, 'title', r.title, 'state', r.state, 'at', e.at,
        'answered', exists (select from events p
          where p.report_id = ${id} and p.event = 'report.answer_passed_on' and p.id > e.id))
      from reports r, events e where r.id = ${reports.linkedToId} and e.report_id = ${id} and e.event = 'report.linked'
      order by e.id desc limit 1) end,
    'linked', case when ${reports.linkedCount} = 0 then '[]'::json else ${list(sql`
      select r.id, r.code, r.title, r.received_at as "receivedAt" from reports r
      where r.linked_to_id = ${id} order by r.received_at, r.id limit 100`)} end,
    'reporter', (
      select json_build_object('name', name, 'phone', phone, 'email', email, 'address', address)
      from reporters where report_id = ${id}),
    'clocks', ${list(sql`
      select k.kind, k.round, k.calendar_id as "calendarId", n.name as "calendarName", k.time,
        k.started_at as "startedAt", k.target_minutes as "targetMinutes", k.extended_minutes as "extendedMinutes",
        k.pauses, k.spells, k.first_due_at as "firstDueAt", k.due_at as "dueAt", k.stopped_at as "stoppedAt"
      from report_clocks k left join calendars n on n.id = k.calendar_id
      where k.report_id = ${id} order by k.kind, k.round`)},
    'photos', ${list(sql`
      select p.file_id as "fileId", p.name, p.kind, p.added_by_id as "addedById", p.added_at as "addedAt",
        p.agency_id as "agencyId", f.width, f.height
      from report_photos p join files f on f.id = p.file_id
      where p.report_id = ${id} order by p.added_at, p.position, p.file_id`)},
    'notes', ${list(sql`
      select n.id, n.body, array(
        select json_build_object('id', m.account_id, 'name', m.name) from note_mentions m where m.note_id = n.id) as mentions
      from report_notes n where n.report_id = ${id}`)},
    'messages', ${list(sql`
      select m.id, m.kind, m.body, m.created_at as at from report_messages m
      where m.report_id = ${id} order by m.created_at, m.id`)},
    'answers', ${list(sql`${answerRows} where a.report_id = ${id} order by a.created_at, a.id`)},
    'canonicalAnswers', case when coalesce(${reports.mergedIntoId}, ${reports.linkedToId}) is null then '[]'::json else ${list(sql`
      ${answerRows} where a.report_id in (${reports.mergedIntoId}, ${reports.linkedToId},
        (select m.linked_to_id from reports m where m.id = ${reports.mergedIntoId})) 
        and (a.kind = 'answer' or a.report_id = ${reports.mergedIntoId}) and a.status = 'sent'
        and exists (select from events p where p.report_id = ${id} and p.event = 'report.answer_passed_on'
          and p.details ->> 'answerId' = a.id::text)
      order by a.created_at, a.id`)} end,
    'suggested', case when ${reports.incidentId} is not null then '[]'::json else ${list(sql`
      select i.id, i.name, i.name_en as "nameEn", i.storm_mode as "stormMode", s.sub_type as "subType", s.keywords
      from incident_suggestions s join incidents i on i.id = s.incident_id and i.closed_at is null
      where s.report_id = ${id} and s.status = 'pending' order by i.starts_at desc`)} end,
    'requests', ${list(sql`
      select q.id, q.kind, q.status, q.reason, q.minutes, q.agency_id as "agencyId", q.answer_id as "answerId", q.asked_by_id as "askedById", q.asked_for as "askedFor",
        q.asked_at as "askedAt", q.decided_by_id as "decidedById", q.decided_at as "decidedAt", q.remarks
      from report_requests q where q.report_id = ${id} order by q.asked_at, q.id`)},
    'events', ${list(sql`select * from shown order by id`)},
    'people', ${book(sql`
      select a.id as k, json_build_object('name', a.name, 'position', a.position, 'agency', (
        select g.short_name from agencies g where g.id = a.agency_id)) as v
      from accounts a
      where a.id = any(array(
        select unnest(said.uuids)
        union select ${reports.assigneeId}
        union select "actorId" from shown
        union select "onBehalfOf" from shown
        union select author_id from report_answers where report_id = ${id}
        union select reviewer_id from report_answers where report_id = ${id}
        union select asked_by_id from report_requests where report_id = ${id}
        union select decided_by_id from report_requests where report_id = ${id}
        union select added_by_id from report_photos where report_id = ${id}))
      union all select c.id, json_build_object('name', c.name, 'position', '', 'agency', (
        select g.short_name from agencies g where g.id = c.agency_id))
      from api_clients c
      where c.id = any(array(select "actorId" from shown where "actorKind" = 'api_client'))`)},
    'agencies', ${book(sql`
      select g.id as k, g.name as v from agencies g where g.id = any(array(
        select unnest(said.words)
        union select agency_id from report_answers where report_id in (${id}, ${reports.mergedIntoId},
          ${reports.linkedToId}, (select m.linked_to_id from reports m where m.id = ${reports.mergedIntoId}))
        union select agency_id from report_requests where report_id = ${id}))`)},
    'areas', ${book(sql`select a.id as k, a.name as v from areas a where a.id = any(said.numbers)`)},
    'incidents', ${book(sql`select i.id as k, i.name as v from incidents i where i.id = any(said.uuids)`)},
    'categories', ${book(sql`
      select c.code as k, json_build_object('name', c.name, 'nameEn', c.name_en) as v
      from categories c where c.code = any(said.words)`)},
    'reports', ${book(sql`
      select r.id as k, r.code as v from reports r
      where r.id = any(array(select (e.details ->> 'fromReportId')::bigint from own e
        where e.event in ('report.unmerged', 'report.unlinked')))`)}
  ) from said)`.as('report_facts')
