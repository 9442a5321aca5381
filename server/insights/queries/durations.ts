import { type SQL, sql } from 'drizzle-orm'
import { endless } from '../rules/tallied-figures.ts'
import { isValid, moment, type Under } from './frames.ts'
import { conditionOf } from './predicates.ts'
import { rowsIn } from './relations.ts'

export const answeredMinutes = (under: Under): SQL =>
  sql`coalesce(case when ${conditionOf('first_answered', under)} then f.first_answer_minutes end, ${sql.raw(String(endless))})`
export const intakeMinutes = (under: Under): SQL =>
  sql`coalesce(case when ${conditionOf('taken_in', under)} then f.intake_minutes end, ${sql.raw(String(endless))})`

/** Of the last close by then; a later close, on a reopened report, is not known yet. */
export function closeMinutes(under: Under, column: 'minutes' | 'calendar_minutes'): SQL {
  const at = moment(under.span.asOf)
  const last = sql.raw(column === 'minutes' ? 'f.close_minutes' : 'f.close_calendar_minutes')
  return sql`coalesce(case when ${conditionOf('ended', under)} then case when f.closed_at <= ${at} then ${last}
    else (select c.${sql.raw(column)} from ${rowsIn('closes', under, 'c')}
      where c.report_id = f.report_id and c.at <= ${at} and ${isValid(under, 'c')}
      order by c.number desc limit 1) end end, ${sql.raw(String(endless))})`
}
