import type { KpiFigure } from './board.ts'
import type { GoodDirection } from './definitions.ts'
import { noBoardFilters } from './filters.ts'
import { judgedOn } from './judged.ts'
import type { Weekly, WeeklyKpi } from './weekly.ts'

/**
 * The form in which issued reports keep their figures. A new form gets the next number and a reader beside this one.
 */
export const keptSchema = 6

/** What JSON makes of a value: moments are written as texts. */
type Kept<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Kept<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Kept<Value[Key]> }
      : Value

/** The figures of an issued report, with its moments as moments again. */
export function readKeptWeekly(schema: number, figures: unknown): Weekly {
  if (schema < keptSchema) return withEarlierJumps(withJudged(readEarlier(schema, figures)))
  if (schema !== keptSchema) throw new Error(`there is no reader of issued reports of schema ${schema}`)
  return readKept(figures as Kept<Weekly>)
}

function readEarlier(schema: number, figures: unknown): Weekly {
  if (schema === 1) {
    const first = figures as Kept<Weekly>
    const read = { ...first, judgedBy: 'direction' as const, figures: judgedByDirection(figures as FirstKept) }
    return readKept(withoutMix(read))
  }
  if (schema === 2) {
    const second = figures as Kept<Weekly>
    return readKept(withoutMix({ ...second, figures: withoutMatured((figures as SecondKept).figures) }))
  }
  if (schema === 3) return readKept(withoutMix(figures as Kept<Weekly>))
  if (schema === 4) return readKept(withoutReason(figures as Kept<Weekly>))
  return readKept(figures as Kept<Weekly>)
}

/** The target of a figure as the first five forms had it: beside the value, whatever it was held against. */
type TargetBeside = { target?: number | null; band?: number | null; gap?: number | null }

/** The fifth form had a target and its distance, but not the value that it was held against. */
function withJudged(weekly: Weekly): Weekly {
  const figures = Object.entries(weekly.figures as Record<WeeklyKpi, KpiFigure & TargetBeside>).map(
    ([id, { target, band, gap: _, ...figure }]) =>
      [id, { ...figure, judged: target == null ? null : judgedOn(figure, { target, band: band ?? null }) }] as const,
  )
  return { ...weekly, figures: Object.fromEntries(figures) as Weekly['figures'] }
}

/** The first five forms knew jumps against the period compared with, and not what is usual. */
const withEarlierJumps = (weekly: Weekly): Weekly => ({
  ...weekly,
  judgedBy: weekly.judgedBy === 'direction' ? 'direction' : 'weeks',
  points: weekly.points.map((point) =>
    point.kind === 'area' || point.kind === 'category' ? { ...point, usual: null } : point,
  ),
})

/** The third form ranked agencies by their rates, whatever work they receive. */
const withoutMix = (kept: Kept<Weekly>): Kept<Weekly> => ({
  ...kept,
  agencies: { rows: kept.agencies.rows, mix: null, mixMissing: 'before' },
})

/** The fourth form had no comparison only where the others are not seen. */
const withoutReason = (kept: Kept<Weekly>): Kept<Weekly> => ({
  ...kept,
  agencies: { ...kept.agencies, mixMissing: kept.agencies.mix ? null : 'part' },
})

type SecondKept = { figures: Record<WeeklyKpi, Omit<KpiFigure, 'matured'>> }
type FirstKept = { figures: Record<WeeklyKpi, Omit<KpiFigure, 'verdict' | 'changeRange' | 'matured'>> }

/** The second form compared a target with all of the cohort, whether it could be judged yet or not. */
const withoutMatured = (figures: SecondKept['figures']): Weekly['figures'] =>
  Object.fromEntries(
    Object.entries(figures).map(([id, figure]) => [id, { ...figure, matured: null }]),
  ) as Weekly['figures']

/** The first form had no verdicts: every change in the good direction was called better, every other one worse. */
function judgedByDirection({ figures }: FirstKept): Weekly['figures'] {
  const verdictOn = (change: number | null, good: GoodDirection): KpiFigure['verdict'] => {
    if (!change || good === 'none') return null
    return change > 0 === (good === 'up') ? 'better' : 'worse'
  }
  return Object.fromEntries(
    Object.entries(figures).map(([id, figure]) => {
      const verdict = verdictOn(figure.change, figure.good)
      return [id, { ...figure, verdict, changeRange: null, matured: null }]
    }),
  ) as Weekly['figures']
}

function readKept(kept: Kept<Weekly>): Weekly {
  const { compared, check } = kept.header
  return {
    ...kept,
    header: {
      ...kept.header,
      // Filters that were added since.
      filters: { ...noBoardFilters, ...kept.header.filters },
      asOf: new Date(kept.header.asOf),
      compared: compared && { ...compared, from: new Date(compared.from), to: new Date(compared.to) },
      check: check && { ...check, at: new Date(check.at) },
    },
    ...(kept.coordinated && { coordinated: { ...kept.coordinated, at: new Date(kept.coordinated.at) } }),
    storms: kept.storms.map((storm) => ({
      ...storm,
      asOf: new Date(storm.asOf),
      peak: storm.peak && { ...storm.peak, at: new Date(storm.peak.at) },
      incident: {
        ...storm.incident,
        startsAt: new Date(storm.incident.startsAt),
        endsAt: storm.incident.endsAt === null ? null : new Date(storm.incident.endsAt),
      },
    })),
  } as Weekly
}
