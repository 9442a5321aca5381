import type { Context } from '#server/accounts/context.ts'
import { minutesPerDay } from '#server/calendars/rules/working-time.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { KpiFigure } from '../rules/board.ts'
import type { BoardFilters } from '../rules/filters.ts'
import { resolvePeriod } from '../rules/period.ts'
import { type AgencyWeek, judgedWeeks, type ToldKpi } from '../rules/today.ts'
import { figuresOfBoth, type Reading } from './board-figures.ts'
import { kpisOf } from './board-kpis.ts'
import { cityTime } from './city-time.ts'
import { targetsOf } from './targets.ts'
import { readWeeksBefore } from './weeks-before.ts'

export type Week = {
  asOf: Date
  minutesPerDay: number
  kpis: Record<ToldKpi, KpiFigure>
  /** The promises that fell due at each agency, judged against the week before. */
  agencies: AgencyWeek[]
}

/**
 * The figures of a finished week, with the values and verdicts of its board. The caller brings the figures up to date
 * first (`makeFresh`).
 */
export async function readWeek(ctx: Context, filters: BoardFilters, at: Date): Promise<Week> {
  const { db, actor } = ctx
  const [period, time] = [resolvePeriod(filters, at), await cityTime(ctx)]
  const reading: Reading = { db, period, today: localDayOf(at), time, under: { filters, span: period, actor } }
  const [{ now, then }, weeks, targets] = await Promise.all([
    figuresOfBoth(reading),
    readWeeksBefore(reading, false),
    targetsOf(db, filters.agency),
  ])
  return {
    asOf: period.asOf,
    minutesPerDay: minutesPerDay(time, period.asOf),
    kpis: kpisOf(reading, now, then, targets(period.toDay), weeks, null),
    agencies: judgedWeeks(now.promises.agencies, then?.promises.agencies ?? []),
  }
}
