import { sql } from 'drizzle-orm'
import { moveRules } from '../rules/lifecycle.ts'

const { schedule_answer: ofAnswer, schedule_approval: ofApproval } = moveRules

/**
 * The colleague on whose behalf a substitute scheduled it; null for the own name. Usable in any select over
 * `scheduled_answers`. A report has one at most, made together with its event: so the latest such event is its own.
 * The account is no plain equation: the index on what it has done would be read as well, all of it.
 */
export const scheduledFor = sql<string | null>`(
  select e.on_behalf_of from events e
  where e.report_id = scheduled_answers.report_id and coalesce(e.actor_id = scheduled_answers.account_id, false)
    and e.event in (${ofAnswer.event}, ${ofApproval.event})
  order by e.id desc limit 1)`
