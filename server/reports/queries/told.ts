import { type SQL, sql } from 'drizzle-orm'

/**
 * The public view of a report: what was sent to the citizen, without decisions that can still be undone. `r`: the alias
 * of the reports table in the query.
 */

const present = sql`now()`

/** Whether the last decision can still be taken back. */
export const isHeld = (r: SQL, at = present): SQL => sql`coalesce(${r}.released_at > ${at}, false)`

const isUndone = sql`exists (
  select from events u where u.report_id = e.report_id and u.id > e.id and u.details -> 'undoes' = to_jsonb(e.version))`

/**
 * The first event that can still be undone, or the event of an answer that is not sent yet. Nothing from it on is
 * public. Events that were undone do not count.
 */
export const firstHeld = (r: SQL, at = present): SQL => sql`(
  select min(e.id) from events e
  where e.report_id = ${r}.id and (e.details -> 'kept' ->> 'until')::timestamptz > ${at} and not ${isUndone})`

/** Until when nothing is told of what was decided last, also of a rejection that can be withdrawn; null: not held. */
export const holdEnds = (r: SQL, at = present): SQL => sql`(
  case when ${isHeld(r, at)} or ${r}.state = 'rejected' then greatest(
    case when ${isHeld(r, at)} then ${r}.released_at end,
    (select (e.details -> 'kept' ->> 'until')::timestamptz from events e where e.id = ${firstHeld(r, at)})) end)`

/** Whether the log must be read at all: there may be a decision, a rejection or an answer that is not public yet. */
const mayBeHeld = (r: SQL): SQL => sql`(${isHeld(r)} or ${r}.state = 'rejected' or exists (
  select from report_answers q where q.report_id = ${r}.id and q.status = 'queued'))`

/** The state before the decisions that can still be undone. */
export const toldState = (r: SQL): SQL => sql`(case when ${mayBeHeld(r)} then coalesce(
  (select e.from_state from events e where e.id = ${firstHeld(r)}), ${r}.state) else ${r}.state end)`

/**
 * The text of a column before the decisions that can still be undone; the first event that replaced it has the value.
 */
export const toldColumn = (r: SQL, column: SQL, name: 'rating' | 'rejectReason' | 'transferCount'): SQL => sql`(
  case when ${mayBeHeld(r)} then coalesce((
    select e.details -> 'kept' -> 'row' -> ${sql.raw(`'${name}'`)} from events e
    where e.report_id = ${r}.id and e.id >= ${firstHeld(r)} and e.details -> 'kept' -> 'row' ? ${sql.raw(`'${name}'`)}
    order by e.id limit 1), to_jsonb(${column})) #>> '{}' else ${column}::text end)`

/** The time of the last public change. Undoing is a change as well, so this time never decreases. */
export const toldChangeAt = (r: SQL): SQL => sql`(
  select e.at from events e where e.report_id = ${r}.id and e.version is not null
    and e.id < case when ${mayBeHeld(r)} then coalesce(${firstHeld(r)}, 9223372036854775807) else 9223372036854775807 end
  order by e.id desc limit 1)`

/** The answers that the citizen was sent, also those passed on from a report about the same matter. */
export const toldAnswers = (r: SQL): SQL => sql`
  select a.id, a.kind, a.agency_id, a.sent_at as at, a.what, a.where_done, a.when_done, a.next,
    a.outcome, a.planned_for, a.referred_to
  from report_answers a where a.report_id = ${r}.id and a.status = 'sent'
  union all
  select a.id, a.kind, a.agency_id, e.at, a.what, a.where_done, a.when_done, a.next,
    a.outcome, a.planned_for, a.referred_to
  from events e join report_answers a on a.id = (e.details ->> 'answerId')::uuid and a.status = 'sent'
  where (${r}.merged_into_id is not null or ${r}.linked_to_id is not null)
    and e.report_id = ${r}.id and e.event = 'report.answer_passed_on'`

/** The questions and notices sent to the citizen. A question is included after its undo period. */
export const toldMessages = (r: SQL): SQL => sql`
  select m.id, m.kind, m.created_at as at, m.body
  from report_messages m where m.report_id = ${r}.id and m.kind in ('question', 'notice')
    and not (m.kind = 'question' and exists (
      select from events e where e.report_id = m.report_id and e.details ->> 'messageId' = m.id::text
        and ((e.details -> 'kept' ->> 'until')::timestamptz > now() or ${isUndone})))`

/** The open question to the citizen, from the citizen's point of view. */
export const toldQuestion = (r: SQL): SQL => sql`(case when ${toldState(r)} = 'awaiting_citizen' then (
  select q.body from (${toldMessages(r)}) q where q.kind = 'question' order by q.at desc limit 1) end)`
