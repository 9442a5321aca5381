import type { Context } from '#server/accounts/context.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { usageOf } from '#server/usage/queries/usage.ts'
import type { Board } from '../rules/board.ts'
import { type BoardFilters, momentAsked } from '../rules/filters.ts'
import { bucketsOf, resolvePeriod } from '../rules/period.ts'
import { readAsAsked } from './as-issued.ts'
import { annotationsOf } from './board-annotations.ts'
import { chartsOf } from './board-charts.ts'
import { comparedFigures, figuresNow, type Reading } from './board-figures.ts'
import { headerOf } from './board-header.ts'
import { kpisOf } from './board-kpis.ts'
import { codeOf } from './board-oldest.ts'
import { cityTime } from './city-time.ts'
import { coordinatedUnder } from './coordinated.ts'
import { makeFresh } from './freshness.ts'
import { readNames } from './names.ts'
import { targetsOf } from './targets.ts'
import { readWeeksBefore } from './weeks-before.ts'

/** The whole board: every figure, chart and name on it, as of one moment. */
export async function readBoard(ctx: Context, filters: BoardFilters, moment: Date = ctx.now()): Promise<Board> {
  const { db, actor } = ctx
  const at = filters.asked ? momentAsked(filters, ctx.now()) : moment
  const behind = await makeFresh(db)
  const period = resolvePeriod(filters, at)
  const time = await cityTime(ctx)
  // The moment of a period that is over is the first of the next day.
  const lastDay = period.isPartial ? localDayOf(period.asOf) : period.toDay
  const reading: Reading = { db, period, today: localDayOf(at), time, under: { filters, span: period, actor } }
  // Two agencies are not judged by how their counts scatter.
  const isJudged = period.comparedFrom !== null && filters.compare !== 'agency'
  const isDrawn = period.grain === 'day' && period.fromDay < localDayOf(period.asOf)
  const [[now, compared, weeks], names, annotations, targets, usage] = await Promise.all([
    readAsAsked(db, filters, ({ db: source, retold }) => {
      const asAsked: Reading = { ...reading, db: source, under: { ...reading.under, retold } }
      const before = isJudged || isDrawn ? readWeeksBefore(asAsked) : null
      return Promise.all([figuresNow(asAsked), comparedFigures(asAsked), before])
    }),
    readNames(db),
    annotationsOf(ctx, filters, period),
    targetsOf(db, filters.agency),
    usageOf(db, { fromDay: period.fromDay, toDay: earlierDay(lastDay, period.toDay) }),
  ])
  const isLive = period.isPartial && filters.asked === null
  const [header, code, coordinated] = await Promise.all([
    headerOf(ctx, reading, { names, behind, parts: now.parts }),
    now.open.oldest ? codeOf(db, now.open.oldest.id) : null,
    isLive ? coordinatedUnder(ctx, filters, names, at) : null,
  ])
  // Steps that are still to come have no figures.
  const steps = bucketsOf(period.fromDay, period.toDay, period.grain).filter(({ from }) => from <= lastDay)
  const kpis = kpisOf(reading, now, compared, targets(lastDay), period.comparedFrom && weeks, { ...now, steps })
  return {
    header,
    coordinated,
    kpis,
    parts: { now: now.parts.parts, previous: compared?.parts.parts ?? null },
    commitments: { now: now.commitments, previous: compared?.commitments ?? null },
    outcomes: { now: now.parts.outcomes, previous: compared?.parts.outcomes ?? null },
    oldest:
      now.open.oldest && code
        ? { code, receivedAt: now.open.oldest.receivedAt, minutes: kpis.oldest_open.value ?? 0 }
        : null,
    charts: chartsOf(
      reading,
      now,
      compared,
      names,
      steps,
      weeks,
      annotations,
      (day) => targets(earlierDay(day, lastDay)).handled,
    ),
    usage,
  }
}

const earlierDay = (a: LocalDay, b: LocalDay): LocalDay => (a < b ? a : b)
