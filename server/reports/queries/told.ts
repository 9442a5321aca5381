import { type SQL, sql } from 'drizzle-orm'

/**
 * What may be told of a report outside the desk: what the citizen was sent, and nothing of a decision that can still be
 * taken back. `r`: the table of reports, as the query calls it.
 */

/** Whether the last decision can still be taken back. */
export const isHeld = (r: SQL): SQL => sql`coalesce(${r}.released_at > now(), false)`

/** The first event of what can still be taken back, or of an answer that has not left yet: from it on nothing is told. */
export const firstHeld = (r: SQL): SQL => sql`(
  select min(e.id) from events e
  where e.report_id = ${r}.id and (e.details -> 'kept' ->> 'until')::timestamptz > now())`

/** The state as it was before what can still be taken back. */
export const toldState = (r: SQL): SQL => sql`coalesce(
  (select e.from_state from events e where e.id = ${firstHeld(r)}), ${r}.state)`

/** The answers that the citizen was sent, also those passed on from a report about the same matter. */
export const toldAnswers = (r: SQL): SQL => sql`
  select a.id, a.kind, a.agency_id, a.sent_at as at, a.what, a.where_done, a.when_done, a.next
  from report_answers a where a.report_id = ${r}.id and a.status = 'sent'
  union all
  select a.id, a.kind, a.agency_id, e.at, a.what, a.where_done, a.when_done, a.next
  from events e join report_answers a on a.id = (e.details ->> 'answerId')::uuid and a.status = 'sent'
  where (${r}.merged_into_id is not null or ${r}.linked_to_id is not null)
    and e.report_id = ${r}.id and e.event = 'report.answer_passed_on'`

/** The questions and notices that the citizen was sent. A question that can still be taken back is told later. */
export const toldMessages = (r: SQL): SQL => sql`
  select m.id, m.kind, m.created_at as at, m.body
  from report_messages m where m.report_id = ${r}.id and m.kind in ('question', 'notice')
    and not (m.kind = 'question' and ${r}.state = 'awaiting_citizen' and ${isHeld(r)}
      and not exists (select from report_messages n where n.report_id = ${r}.id and n.created_at > m.created_at))`
