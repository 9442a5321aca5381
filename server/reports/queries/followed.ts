import { sql } from 'drizzle-orm'
import { rejectReasons, silentRejectReasons } from '../rules/lifecycle.ts'
import { closedStates } from '../rules/told-state.ts'
import { isHeld, toldAnswers, toldChangeAt, toldColumn, toldQuestion, toldState } from './told.ts'

const literals = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '))
const [r, m] = [sql`r`, sql`m`]
const answerable = rejectReasons.filter((reason) => !(silentRejectReasons as readonly string[]).includes(reason))

/**
 * Reports as their reporters follow them: state, rating and time of change from before any decision that can still be
 * undone, on the report or on its canonical report. The agency and date of such a decision are hidden too. `told` is
 * the last answer sent to the citizen, also one passed on from a merged or linked report. Without it no report that
 * needs an answer is closed, as in `citizenView`.
 */
export const followed = sql`
  select r.id, r.code, r.source_key as "sourceKey", r.category_code as "serviceCode", c.name as "serviceName",
    r.body, r.address, r.lat, r.lon, r.received_at as "requestedAt", ${toldColumn(r, sql`r.rating`, 'rating')} as rating,
    followed.state, told.answer, ${toldColumn(r, sql`r.transfer_count`, 'transferCount')}::int as "transferCount",
    case when followed.state in (${literals(closedStates)}) and not (followed.state = 'answered' and told.at is null)
      then 'closed' else 'open' end as status,
    greatest(r.received_at, told.at, ${toldChangeAt(r)}, case when r.released_at <= now() then r.released_at end,
      case when not ${isHeld(r)} then greatest(r.last_activity_at, r.closed_at) end,
      ${toldChangeAt(m)}, case when m.released_at <= now() then m.released_at end,
      case when not ${isHeld(m)} then greatest(m.last_activity_at, m.closed_at) end) as "updatedAt",
    case when r.state in ('awaiting_intake', 'awaiting_citizen') or held.is then null else r.due_at end as "expectedAt",
    case when followed.state = 'awaiting_intake' or held.is then null else g.name end as "agencyName",
    case when followed.state = 'awaiting_intake' or held.is then null else g.id end as "agencyId",
    case when held.is then null else r.due_at end as "dueAt", r.paused_at is not null and not held.is as "isPaused",
    own."rejectReason", ${toldQuestion(r)} as question,
    (select p.file_id from report_photos p where p.report_id = r.id and p.kind = 'citizen'
      order by p.position, p.file_id limit 1) as "photoId"
  from reports r
  join categories c on c.code = r.category_code
  left join reports m on m.id = r.merged_into_id
  left join agencies g on g.id = coalesce(m.agency_id, r.agency_id)
  cross join lateral (select ${isHeld(r)} or ${isHeld(m)} as is) held
  left join lateral (
    select t.at, json_build_object('what', t.what, 'where', t.where_done, 'when', t.when_done, 'next', t.next,
      'outcome', t.outcome, 'plannedFor', t.planned_for, 'referredTo', t.referred_to) as answer
    from (${toldAnswers(r)}) t order by t.at desc limit 1
  ) told on true
  cross join lateral (
    select ${toldState(r)} as state, case when m.id is not null then ${toldState(m)} end as canonical,
      coalesce(${toldColumn(r, sql`r.reject_reason`, 'rejectReason')},
        case when m.id is not null then ${toldColumn(m, sql`m.reject_reason`, 'rejectReason')} end) as "rejectReason"
  ) own
  cross join lateral (
    select case
      when told.at is null and own.state = 'rejected'
        and exists (select from report_answers a where a.report_id = r.id) then 'awaiting_intake'
      when own.state <> 'merged' then own.state
      when told.at is null and m.reject_reason in (${literals(answerable)}) then 'awaiting_intake'
      when own.canonical = 'merged' then 'in_progress' else own.canonical end as state
  ) followed`
