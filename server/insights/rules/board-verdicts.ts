import type { Figure, KpiFigure } from './board.ts'
import { type Tested, testCounts, testDurations, testShares } from './chance.ts'
import { definitions, type KpiId, kpiIds } from './definitions.ts'
import { sideOf } from './figures.ts'
import type { ResolvedPeriod } from './period.ts'
import type { Scatter } from './scatter.ts'
import type { Spread } from './spread.ts'
import { verdictsOn } from './verdict.ts'

/** How a figure that is a count is made, and how it scattered before the period; null: that is not known. */
export type CountSides = { days: number; daysThen: number; scatter: Scatter | null }

export type Sides = {
  durations: Partial<Record<KpiId, { now: Spread; before: Spread }>>
  counts: Partial<Record<KpiId, CountSides>>
}

const dayMillis = 86_400_000

type Lengths = Pick<ResolvedPeriod, 'from' | 'to' | 'asOf' | 'comparedFrom' | 'comparedTo'>

/** The days of a period and of the one compared with: of one that is not over, those that have passed. */
export function daysCompared({ from, to, asOf, comparedFrom, comparedTo }: Lengths): {
  days: number
  daysThen: number
} {
  const between = (start: Date | null, end: Date | null) =>
    start && end ? (end.getTime() - start.getTime()) / dayMillis : 0
  return { days: between(from, asOf < to ? asOf : to), daysThen: between(comparedFrom, comparedTo) }
}

/**
 * All figures of a board with a verdict on the change of each. What can still change, as reopenings can, is not judged.
 */
export function withVerdicts(kpis: Record<KpiId, KpiFigure>, sides: Sides): Record<KpiId, KpiFigure> {
  const weighed = kpiIds.flatMap((id) => {
    const { previous, provisionalUntil, change, good } = kpis[id]
    const tested = previous && provisionalUntil === null ? testedOf(kpis[id], previous, sides) : null
    return tested ? [{ id, tested, change, good }] : []
  })
  const verdicts = new Map(verdictsOn(weighed).map((verdict, at) => [weighed[at]?.id, verdict]))
  return Object.fromEntries(kpiIds.map((id) => [id, { ...kpis[id], verdict: verdicts.get(id) ?? null }])) as Record<
    KpiId,
    KpiFigure
  >
}

/** Null: nothing is compared by a test. */
function testedOf(kpi: KpiFigure, previous: Figure, { durations, counts }: Sides): Tested | null {
  const { id, numerator } = kpi
  const [spreads, sides] = [durations[id], counts[id]]
  switch (definitions[id].test) {
    case 'shares':
      return testShares(sideOf(kpi), sideOf(previous))
    case 'medians':
      return spreads ? testDurations(spreads.now, spreads.before) : null
    case 'counts':
      return sides
        ? testCounts(
            { count: numerator, days: sides.days },
            { count: previous.numerator, days: sides.daysThen },
            sides.scatter,
          )
        : null
    case null:
      return null
  }
}
