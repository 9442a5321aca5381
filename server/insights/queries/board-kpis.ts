import { openMinutesBetween } from '#server/calendars/rules/working-time.ts'
import type { Figure, KpiFigure } from '../rules/board.ts'
import { daysCompared, type Sides, withVerdicts } from '../rules/board-verdicts.ts'
import { backlogAt, byStep } from '../rules/charts.ts'
import { type KpiId, kpiIds } from '../rules/definitions.ts'
import { countFigure, durationFigure, handledOf, kpiFigure, maturedIn, partsOf, shareFigure } from '../rules/figures.ts'
import { maturedStep } from '../rules/matured-step.ts'
import type { Bucket } from '../rules/period.ts'
import { scatterOf, scatterOfMoments } from '../rules/scatter.ts'
import { shareOf } from '../rules/statistics.ts'
import { countsIn, openIn } from '../rules/weeks-before.ts'
import type { FiguresNow, FiguresThen, Reading, Totals } from './board-figures.ts'
import type { targetsOf } from './targets.ts'
import type { KnownWeeks } from './weeks-before.ts'

type Targets = ReturnType<Awaited<ReturnType<typeof targetsOf>>>

/** What the lines of the cards need, and how much cannot be judged yet. */
type Drawn = { steps: readonly Bucket[] } & Pick<FiguresNow, 'medians' | 'unmatured'>

/**
 * Every figure with its comparison and its target; where `drawn` is null, without its line, and the share handled is
 * not held against its target.
 */
export function kpisOf(
  { period, today, time, under }: Reading,
  now: Totals,
  then: FiguresThen | null,
  targets: Targets,
  known: KnownWeeks | null,
  drawn: Drawn | null,
): Record<KpiId, KpiFigure> {
  const age = (asOf: Date) => (since: Date) => Math.ceil(openMinutesBetween(since, asOf, time))
  const values = valuesOf(now, age(period.asOf))
  const before = then && valuesOf(then, age(then.asOf))
  const sparks = drawn ? sparksOf(now, drawn, period.grain) : {}
  const aims = drawn ? targets : { ...targets, handled: { value: null, band: null } }
  const around = { toDay: period.toDay, today }
  const matured = drawn && maturedIn(now.parts.parts, drawn.unmatured)
  const kpis = Object.fromEntries(
    kpiIds.map((id) => {
      const spark = sparks[id]
      const kept = drawn?.steps.map((step, place) => ({ ...step, value: spark?.[place] ?? null })) ?? []
      const figure = kpiFigure(
        id,
        values[id],
        {
          ...around,
          previous: before?.[id] ?? null,
          spark: spark ? kept : [],
          matured: id === 'handled' ? matured : null,
        },
        aims[id],
      )
      return [id, figure]
    }),
  ) as Record<KpiId, KpiFigure>
  const durations = then ? spreadsOf(now, then) : {}
  // Two agencies receive different numbers of reports: that is no difference to be judged.
  const counts = under.filters.compare === 'agency' ? {} : countSidesOf(period, now, known)
  return withVerdicts(kpis, { durations, counts })
}

function spreadsOf(now: Totals, then: FiguresThen): Sides['durations'] {
  const both = (name: 'first_answer' | 'close' | 'close_calendar' | 'intake') => ({
    now: now.durations[name].spread,
    before: then.durations[name].spread,
  })
  return {
    first_answer_median: both('first_answer'),
    close_median: both('close'),
    close_calendar_median: both('close_calendar'),
    intake_median: both('intake'),
  }
}

function countSidesOf(period: Reading['period'], now: Totals, known: KnownWeeks | null): Sides['counts'] {
  const openBefore = now.changes.reduce((left, { count }) => left - count, now.backlog.open)
  const weeks = known?.weeks
  return {
    received: { ...daysCompared(period), scatter: weeks ? scatterOf(countsIn(weeks, known.received), weeks) : null },
    backlog: {
      days: 1,
      daysThen: 1,
      scatter: weeks ? scatterOfMoments(openIn(weeks, openBefore, known.changes)) : null,
    },
  }
}

function valuesOf(known: Totals, ageOf: (since: Date) => number): Record<KpiId, Figure> {
  const { parts, durations, forwarded, promised, first, intakes, commitments, ages, closes, backlog } = known
  const { whole } = closes
  const { received } = parts
  const duration = (name: 'first_answer' | 'close' | 'close_calendar' | 'intake', which: 'median' | 'p90') => {
    const come = {
      first_answer: 'first_answered',
      close: 'ended',
      close_calendar: 'ended',
      intake: 'taken_in',
    } as const
    return durationFigure(durations[name][which], durations[come[name]], received)
  }
  return {
    received: countFigure(received),
    handled: shareFigure(handledOf(parts.parts), received),
    clearance: shareFigure(whole.closes, received),
    on_time: shareFigure(promised.promises_kept, promised.promises_due),
    on_time_first: shareFigure(first.first_promises_kept, first.first_promises_due),
    extensions: countFigure(known.extensions),
    on_time_closed: shareFigure(promised.closed_promises_kept, promised.closed_promises),
    intake_on_time: shareFigure(intakes.intakes_kept, intakes.intakes_due),
    commitments_kept: shareFigure(commitments.kept, commitments.kept + commitments.moved + commitments.broken),
    answered_in_3_days: shareFigure(ages.answered_by_age, ages.reached_answer_age),
    closed_in_5_days: shareFigure(ages.closed_by_age, ages.reached_close_age),
    first_answer_median: duration('first_answer', 'median'),
    first_answer_p90: duration('first_answer', 'p90'),
    close_median: duration('close', 'median'),
    close_p90: duration('close', 'p90'),
    close_calendar_median: duration('close_calendar', 'median'),
    close_calendar_p90: duration('close_calendar', 'p90'),
    intake_median: duration('intake', 'median'),
    intake_p90: duration('intake', 'p90'),
    backlog: countFigure(backlog.open),
    oldest_open: { ...countFigure(backlog.open), value: backlog.oldest && ageOf(backlog.oldest) },
    reopened: shareFigure(whole.reopened, whole.closed_reports),
    reopened_by_citizen: shareFigure(whole.reopened_by_citizen, whole.closed_reports),
    reopened_by_staff: shareFigure(whole.reopened_by_staff, whole.closed_reports),
    satisfaction: shareFigure(whole.rated_content, whole.rated),
    rating_response: shareFigure(whole.rated, whole.answered_reports),
    agency_changes_median: durationFigure(durations.changes, durations.assigned, durations.assigned),
    changed_twice: shareFigure(durations.changed_twice, durations.assigned),
    forwarded: shareFigure(forwarded.forwarded, forwarded.first),
    ping_pong: shareFigure(durations.ping_pong, durations.assigned),
  }
}

type Spark = (number | null)[]

/** The sparklines of the cards: the same figure, step by step. */
function sparksOf(
  now: Totals,
  { steps, medians: ofSteps, unmatured: ofUnmatured }: Drawn,
  grain: Reading['period']['grain'],
): Partial<Record<KpiId, Spark>> {
  const cohort = byStep(now.cohort.steps, ({ key }) => key, grain)
  const unmatured = byStep(ofUnmatured, ({ step }) => step, grain)
  const medians = byStep(ofSteps, ({ key }) => key, grain)
  const due = byStep(now.promises.steps, ({ key }) => key, grain)
  const closes = byStep(now.closes.steps, ({ step }) => step, grain)
  const changes = byStep(now.changes, ({ step }) => step, grain)
  const along = (read: (step: Bucket) => number | null): Spark => steps.map(read)
  const ofClose = (part: 'reopened' | 'rated_content', whole: 'closed_reports' | 'rated') =>
    along((step) => {
      const [row] = closes(step)
      return row ? shareOf(row[part], row[whole]) : null
    })
  return {
    received: along((step) => partsOf(cohort(step)).received),
    handled: along((step) => maturedStep(maturedIn(partsOf(cohort(step)).parts, unmatured(step))).share),
    on_time: along((step) => {
      const [row] = due(step)
      return row ? shareOf(row.promises_kept, row.promises_due) : null
    }),
    first_answer_median: along((step) => medians(step)[0]?.first_answer ?? null),
    close_median: along((step) => medians(step)[0]?.close ?? null),
    backlog: backlogAt(steps, now.backlog.open, (step) => changes(step)[0]?.count ?? 0),
    reopened: ofClose('reopened', 'closed_reports'),
    satisfaction: ofClose('rated_content', 'rated'),
  }
}
