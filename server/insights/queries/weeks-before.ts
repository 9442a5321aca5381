import { type SQL, sql } from 'drizzle-orm'
import { type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { partsOf } from '../rules/figures.ts'
import { stepOf } from '../rules/period.ts'
import { areOfDays } from '../rules/slices.ts'
import { backlogChangesIn, cohortIn } from '../rules/tallied-figures.ts'
import { usualFrom } from '../rules/usual.ts'
import { type ByDay, type WeeksBefore, weeksBefore } from '../rules/weeks-before.ts'
import type { Reading } from './board-figures.ts'
import { moment, rowsOf, stepOfHour, type Under } from './frames.ts'
import { backlogChanges } from './open.ts'
import { run } from './run.ts'
import { slicesUnder } from './sums.ts'
import { tallyOf } from './tallied.ts'

/** `weeks`: null where the city had not begun by the first of them. */
export type KnownWeeks = { weeks: WeeksBefore | null; received: ByDay; changes: ByDay }

const isOfWeeks = (place: string): boolean => place === 'step cohort' || place === 'step changes'

type Asked = Pick<Reading, 'db' | 'period' | 'under'>

/**
 * What came in on each day of the weeks before the period, and by how much the backlog changed. Of days that are drawn
 * it is also told what is usual: that takes longer ago.
 */
export async function readWeeksBefore({ db, period, under }: Asked, isDrawn = true): Promise<KnownWeeks | null> {
  const weeks = weeksBefore(period)
  const since = (isDrawn && period.grain === 'day' && usualFrom(period.fromDay)) || weeks?.from
  if (!since) return null
  const before = spanOf(under, since, period.from)
  const slices = await slicesUnder(db, before)
  // Where there are no sums of days, the rows are counted, without what boards need besides.
  if (slices && areOfDays(slices)) {
    const tally = await tallyOf(db, before, 'day', isOfWeeks)
    const cells = Map.groupBy(cohortIn(tally).steps, ({ key }) => key)
    return {
      weeks,
      received: new Map([...cells].map(([day, states]) => [day, partsOf(states).received])),
      changes: byDay(backlogChangesIn(tally)),
    }
  }
  // Each report where it was at the end of its week, as in the figure that is judged by these weeks.
  const { from, where } = rowsOf('cohort', { ...before, eachAt: endOfWeek(period.fromDay, period.from) })
  const [received, changes] = await Promise.all([
    run<{ step: number; count: number }>(
      db,
      sql`select ${stepOfHour(sql`f.received_hour`, 'day')} as step, count(*)::int as count
        from ${from} where ${where} group by 1`,
    ),
    weeks ? backlogChanges(db, spanOf(under, weeks.from, period.from), 'day') : [],
  ])
  return {
    weeks,
    received: byDay(received),
    changes: byDay(changes.map(({ step, change: count }) => ({ step, count }))),
  }
}

/** The end of the week of a row, of weeks that end where the period begins. */
function endOfWeek(firstDay: LocalDay, from: Date): SQL {
  const lastDay = sql.raw(String(stepOf(firstDay, 'day') - 1))
  return sql`(${moment(from)} - (${lastDay} - f.received_hour / 24) / 7 * interval '168 hours')`
}

/** The days from this one up to an instant, as of the moment of the figures. */
const spanOf = (under: Under, from: LocalDay, to: Date): Under => ({
  ...under,
  span: { ...under.span, from: startOfDay(from), to },
})

const byDay = (rows: readonly { step: number; count: number }[]): ByDay =>
  new Map(rows.map(({ step, count }) => [step, count]))
