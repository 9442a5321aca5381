import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { countedStateNumber } from '../rules/counted-state.ts'
import { handledStates } from '../rules/measure-rules.ts'
import type { Grain } from '../rules/period.ts'
import { countedState, moment, rowsOf, stepOfHour, type Under } from './frames.ts'
import { conditionOf } from './predicates.ts'
import { rowsIn } from './relations.ts'
import { run } from './run.ts'

/** Nearly all limits end within so many days, also over the longest holidays. */
const usualDays = 30

/**
 * Reports of the period that cannot be judged yet, by the step of the charts, and how many of them have been handled
 * already. All others are matured: these are the last weeks, which two indexes find, so that no sum needs to know of
 * them.
 */
export async function unmaturedReports(
  db: Connection,
  under: Under,
  grain: Grain,
): Promise<{ step: number; unmatured: number; handled: number }[]> {
  const [facts, at] = [rowsIn('facts', under), moment(under.span.asOf)]
  const days = sql.raw(`interval '${usualDays} days'`)
  const takes = sql`f.matures_at - f.received_at`
  const isHandled = sql`${countedState(under)} in (${sql.raw(handledStates.map(countedStateNumber).join(', '))})`
  return run(
    db,
    sql`select ${stepOfHour(sql`f.received_hour`, grain)} as step, count(*)::int as unmatured,
        count(*) filter (where ${isHandled})::int as handled
      from (
        select f.* from ${facts} where f.matures_at > ${at} and f.matures_at < ${at} + ${days} and ${takes} < ${days}
        union all
        select f.* from ${facts} where f.matures_at > ${at} and ${takes} >= ${days}) f
      where ${rowsOf('cohort', under).where} and ${conditionOf('unmatured', under)}
      group by 1`,
  )
}
