import type { KpiFigure } from './board.ts'
import { countChance, durationChance, shareChance } from './chance.ts'
import { definitions, type KpiId, kpiIds } from './definitions.ts'
import { sideOf } from './figures.ts'
import type { ResolvedPeriod } from './period.ts'
import type { Spread } from './spread.ts'
import { verdictsOn } from './verdict.ts'

/** How a figure that is a count is made, and how it scattered before the period; null: that is not known. */
export type CountSides = { days: number; daysThen: number; weeksBefore: number[] | null }

export type Sides = {
  durations: Partial<Record<KpiId, { now: Spread; before: Spread }>>
  counts: Partial<Record<KpiId, CountSides>>
}

const dayMillis = 86_400_000

/** The days of a period and of the one compared with: of one that is not over, those that have passed. */
export function daysCompared({ from, to, asOf, comparedFrom, comparedTo }: ResolvedPeriod) {
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
    const chance = previous && provisionalUntil === null ? chanceOf(kpis[id], sides) : undefined
    return chance === undefined ? [] : [{ id, chance, change, good }]
  })
  const verdicts = new Map(verdictsOn(weighed).map((verdict, at) => [weighed[at]?.id, verdict]))
  return Object.fromEntries(kpiIds.map((id) => [id, { ...kpis[id], verdict: verdicts.get(id) ?? null }])) as Record<
    KpiId,
    KpiFigure
  >
}

/** Undefined: nothing is compared by a test. */
function chanceOf(kpi: KpiFigure, { durations, counts }: Sides): number | null | undefined {
  const { id, previous, numerator } = kpi
  const [spreads, sides] = [durations[id], counts[id]]
  switch (definitions[id].test) {
    case 'shares':
      return previous ? shareChance(sideOf(kpi), sideOf(previous)) : undefined
    case 'medians':
      return spreads && durationChance(spreads.now, spreads.before)
    case 'counts':
      return (
        sides &&
        countChance(
          { count: numerator, days: sides.days },
          { count: previous?.numerator ?? 0, days: sides.daysThen },
          sides.weeksBefore,
        )
      )
    case null:
      return undefined
  }
}
