import { dayAfter, type LocalDay } from '#server/platform/rules/local-day.ts'
import { type Outcome, outcomes } from '#server/reports/rules/outcome.ts'
import type { Figure, HandledParts, KpiFigure, Matured } from './board.ts'
import { type CountedState, countedStates, handledAs } from './counted-state.ts'
import { definitions, handledParts, type KpiId } from './definitions.ts'
import { judgedOn } from './judged.ts'
import { reopenedWithinDays } from './measure-rules.ts'
import type { Bucket } from './period.ts'
import { newcombe, type Share, shareOf, wilson } from './statistics.ts'

/** Figures from known values; one that is not reached is null with its cohort. */
export const countFigure = (count: number): Figure => ({ value: count, numerator: count, denominator: null, n: count })

export const shareFigure = (part: number, whole: number): Figure => ({
  value: shareOf(part, whole),
  numerator: part,
  denominator: whole,
  n: whole,
})

/** `come` of the cohort have reached it. */
export const durationFigure = (value: number | null, come: number, cohort: number): Figure => ({
  value,
  numerator: come,
  denominator: cohort,
  n: cohort,
})

/** A share as the part of a whole. */
export const sideOf = ({ numerator, denominator }: Figure): Share => ({ part: numerator, whole: denominator ?? 0 })

type Around = {
  previous: Figure | null
  spark?: (Bucket & { value: number | null })[]
  /** What a target is compared with where some of the cohort cannot be judged yet. */
  matured?: Matured | null
  /** The last day of the period, and the reader's day: what is provisional depends on both. */
  toDay: LocalDay
  today: LocalDay
}

/** Reopenings are still counted for some days after the period. */
export const mayStillChange = (id: KpiId, toDay: LocalDay, today: LocalDay): boolean =>
  id.startsWith('reopened') && today <= dayAfter(toDay, reopenedWithinDays)

/** A figure with all that is shown around it on its card. */
export function kpiFigure(
  id: KpiId,
  figure: Figure,
  { previous, spark = [], matured = null, toDay, today }: Around,
  /** Null: there is no target; undefined: no target was ever set. */
  set?: { value: number | null; band: number | null },
): KpiFigure {
  const { unit, good, numerator, denominator, quantile, leastN, test } = definitions[id]
  const target = set === undefined ? definitions[id].target : set.value
  const isHidden = figure.n < leastN
  const shown = isHidden ? { ...figure, value: null } : figure
  const before = previous && previous.n >= leastN ? previous : null
  const change = shown.value !== null && before && before.value !== null ? shown.value - before.value : null
  const isNotReached = quantile !== undefined && shown.value === null && figure.n > 0
  return {
    ...shown,
    id,
    unit,
    good,
    previous: before,
    change,
    verdict: null,
    changeRange: test === 'shares' && change !== null && before ? newcombe(sideOf(figure), sideOf(before)) : null,
    judged: target === null ? null : judgedOn({ ...shown, unit, good, matured }, { target, band: set?.band ?? null }),
    matured,
    spark,
    notReached: isNotReached ? { open: figure.n - figure.numerator, of: figure.n } : null,
    isHidden,
    provisionalUntil: mayStillChange(id, toDay, today) ? dayAfter(toDay, reopenedWithinDays) : null,
    interval: id === 'satisfaction' && !isHidden ? wilson(figure.numerator, figure.n) : null,
    marks: { numerator, denominator },
  }
}

/** Of reports received, those that can be judged by now: without those that cannot. */
export function maturedIn(parts: HandledParts, unmatured: readonly { unmatured: number; handled: number }[]): Matured {
  const notYet = unmatured.reduce((sum, step) => sum + step.unmatured, 0)
  const handledEarly = unmatured.reduce((sum, { handled }) => sum + handled, 0)
  return { handled: handledOf(parts) - handledEarly, of: receivedOf(parts) - notYet, notYet }
}

type Told = { part: keyof HandledParts; outcome?: Outcome } | null

const handledPart = (part: 'handled_in_time' | 'handled_late') =>
  Object.fromEntries(outcomes.map((outcome) => [handledAs(part, outcome), { part, outcome }]))

/** Of each counted state the part of what was received that it belongs to, and what became of it. */
const toldOf = {
  open_in_time: { part: 'open_in_time' },
  open_overdue: { part: 'open_overdue' },
  paused: { part: 'open_in_time' },
  ...handledPart('handled_in_time'),
  ...handledPart('handled_late'),
  refused: { part: 'refused' },
  spam_or_test: null,
  merged: null,
} as Record<CountedState, Told>

export const noParts = (): HandledParts => Object.fromEntries(handledParts.map((part) => [part, 0])) as HandledParts

type CountedStateCount = { countedState: number; count: number }

/** The five parts of the reports received, what became of those handled, and beside them what has left the figures. */
export function partsOf(cells: readonly CountedStateCount[]) {
  const parts = noParts()
  const byOutcome = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>
  const out = { spamOrTest: 0, merged: 0 }
  for (const { countedState, count } of cells) {
    const name = countedStates[countedState] as CountedState
    const told = toldOf[name]
    if (told) parts[told.part] += count
    if (told?.outcome) byOutcome[told.outcome] += count
    if (name === 'merged') out.merged += count
    else if (name === 'spam_or_test') out.spamOrTest += count
  }
  return { parts, outcomes: byOutcome, received: receivedOf(parts), ...out }
}

export const receivedOf = (parts: HandledParts): number => handledParts.reduce((sum, part) => sum + parts[part], 0)
export const handledOf = (parts: HandledParts): number => parts.handled_in_time + parts.handled_late
