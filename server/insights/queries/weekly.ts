import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import type { ExplainDimension, Storm } from '../rules/board.ts'
import type { HeadlineKpi } from '../rules/definitions.ts'
import type { BoardFilters } from '../rules/filters.ts'
import { composeWeekly, type Weekly, type WeeklyStorm } from '../rules/weekly.ts'
import { boardOf, lastDayOf, lastEnded, type WeeklyQuestion } from '../rules/weekly-period.ts'
import { readBoard } from './board.ts'
import { caseMixInTime } from './case-mix.ts'
import { coordinatedUnder } from './coordinated.ts'
import { explainChange } from './explain.ts'
import { jumpsOfWeekly } from './jumps.ts'
import { readNames } from './names.ts'
import { run } from './run.ts'
import { readStorm } from './storm.ts'

/**
 * The report of a day, a week or a month, made of the figures of the board and of what explains them: of all that is
 * known now, unless something else is asked.
 */
export async function readWeekly(
  ctx: Context,
  question: WeeklyQuestion,
  asked: BoardFilters['asked'] = null,
): Promise<Weekly> {
  const filters = { ...boardOf(question), asked }
  // What is coordinated is known of now alone: an older report says nothing of it.
  const { edition } = question
  const isLast = lastDayOf(question) === lastDayOf({ edition, from: lastEnded(edition, localDayOf(ctx.now())) })
  const board = await readBoard(ctx, filters)
  const explained = async (kpi: HeadlineKpi, dimension: ExplainDimension) =>
    (await explainChange(ctx, { filters, kpi, dimension, asOf: board.header.asOf })).contributions
  const [onTime, backlog, jumps, mix, storms, coordinated] = await Promise.all([
    explained('on_time', 'agency'),
    explained('backlog', 'agency'),
    jumpsOfWeekly(ctx, question, { filters, asOf: board.header.asOf }),
    caseMixInTime(ctx, { filters, asOf: board.header.asOf }),
    stormsOf(ctx, question),
    isLast ? coordinatedUnder(ctx, filters, await readNames(ctx.db), ctx.now()) : null,
  ])
  return { ...composeWeekly(question, board, { onTime, backlog }, jumps, mix ?? 'part', storms), coordinated }
}

/** The same as it is issued at a moment. The filters of its figures do not name the moment: the report does. */
export async function readIssued(ctx: Context, question: WeeklyQuestion, issuedAt: Date): Promise<Weekly> {
  const weekly = await readWeekly(ctx, question, { way: 'issued', at: issuedAt.toISOString() })
  const { header } = weekly
  return { ...weekly, header: { ...header, filters: { ...header.filters, asked: null } } }
}

/**
 * The incidents that were in emergency mode at any time of the period, by the events of switching it: it was on at the
 * beginning if the next event switched it off, or if no event follows and it still is on.
 */
async function stormsOf(ctx: Context, question: WeeklyQuestion): Promise<WeeklyStorm[]> {
  const [fromDay, toDay] = [question.from, lastDayOf(question)]
  const [from, to] = [startOfDay(fromDay).toISOString(), startOfDay(dayAfter(toDay)).toISOString()]
  const rows = await run<{ id: string }>(
    ctx.db,
    sql`
      with switched as (
        select subject_id, at, event = 'incident.storm_mode_on' as turns_on from events
        where subject_kind = 'incident' and report_id is null
          and (event in ('incident.storm_mode_on', 'incident.storm_mode_off')
            or (event = 'incident.closed' and details ? 'stormMode')))
      select i.id from incidents i
      where i.starts_at < ${to}::timestamptz and coalesce(i.ends_at, 'infinity') > ${from}::timestamptz
        and (exists (select from switched s where s.subject_id = i.id::text and s.turns_on
            and s.at >= ${from}::timestamptz and s.at < ${to}::timestamptz)
          or coalesce((select not s.turns_on from switched s
            where s.subject_id = i.id::text and s.at >= ${from}::timestamptz order by s.at limit 1), i.storm_mode))
      order by i.starts_at`,
  )
  const storms = await Promise.all(rows.map(({ id }) => readStorm(ctx, id)))
  return storms.map((storm) => stormIn(storm, fromDay, toDay))
}

function stormIn(storm: Storm, fromDay: string, toDay: string): WeeklyStorm {
  const { incident, asOf, isWholeCity, total, handled, refused, open, urgentOpen, peak, bulletins } = storm
  const inPeriod = storm.days
    .filter(({ day }) => day >= fromDay && day <= toDay)
    .reduce((sum, { count }) => sum + count, 0)
  return { incident, asOf, isWholeCity, total, handled, refused, open, urgentOpen, peak, bulletins, inPeriod }
}
