import { sql } from 'drizzle-orm'
import { rejectReasons, silentRejectReasons } from '../rules/lifecycle.ts'
import { closedStates } from '../rules/told-state.ts'
import { isHeld, toldAnswers } from './told.ts'

const literals = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '))
const [r, m] = [sql`r`, sql`m`]
const answerable = rejectReasons.filter((reason) => !(silentRejectReasons as readonly string[]).includes(reason))

/**
 * Reports as their sender follows them. `told` is the last answer that the citizen was sent, also one that was passed
 * on from the report about the same matter; until there is one, nothing that needs one is closed. Of a decision that
 * can still be taken back, on it or on the report it was merged into, nothing is told: no end, agency, transfer or
 * date, nor the question.
 */
export const followed = sql`
  select r.id, r.code, r.source_key as "sourceKey", r.category_code as "serviceCode", c.name as "serviceName",
    r.body, r.address, r.lat, r.lon, r.received_at as "requestedAt", r.rating, followed.state, told.answer,
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
    case when followed.state = 'awaiting_intake' or held.is then null else g.id end as "agencyId",
    case when held.is then null else r.due_at end as "dueAt", r.paused_at is not null and not held.is as "isPaused",
    case when held.is then null else coalesce(r.reject_reason, m.reject_reason) end as "rejectReason",
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
