import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { NamedAgency } from './board.ts'
import { type Cell, type Promises, type UsualRate, usualRates } from './case-mix-rates.ts'
import { beyondChance } from './chance.ts'
import { normalFar, studentBeyond, sumOfTrials } from './distributions.ts'
import { shareOf } from './statistics.ts'

/**
 * How an agency stands against what others miss of the same mix of promises: better or worse only beyond chance. `few`:
 * too little is expected; `uncovered`: too few others have such promises; `alone`: too few agencies are compared to
 * know how much agencies usually differ.
 */
export type Standing = 'better' | 'worse' | 'unclear' | 'alone' | 'few' | 'uncovered'

export type AgencyMix = Promises & {
  agency: string
  /** Those that are compared: others have enough promises of the kind. */
  covered: Promises
  /** What others would have missed of these. */
  expected: number
  /** How far the missed are from the expected, in standard deviations of chance. */
  far: number
  standing: Standing
}

export type MixComparison = {
  agencies: AgencyMix[]
  /** The share that was missed of the same mix in the twelve months before; null where no agency is compared. */
  missedShare: number | null
  /** By how much agencies usually differ more than chance: the variance of the logarithm of their odds. */
  between: number
}

const leastExpected = 5
const leastCovered = 0.6
/** The agencies furthest off on either side do not say how much agencies usually differ. */
const setAside = 0.1
/** So few others do not say how much agencies usually differ. */
const leastCompared = 5
/** Below so many others the twelve months before say it, where more agencies were compared in them. */
const enoughCompared = 10
/** Where fewer are compared, chance is weighed as if they were so many. By chance one in twenty alone is too often. */
const leastWeighed = 6
/** So many of those that are named do not say what is usual of the rest. */
const mostAside = 3

const none: Promises = { due: 0, missed: 0 }

/** `spread`: the variance of its misses by chance; `variance`: that of `far`, with what estimating the rates adds. */
type Weighed = AgencyMix & { spread: number; variance: number }

function mixOf(agency: string, cells: readonly Cell[], usualOf: (cell: Cell) => UsualRate | null): Weighed {
  const trials: { count: number; chance: number }[] = []
  const [all, covered] = [{ ...none }, { ...none }]
  let [expected, spread, error] = [0, 0, 0]
  for (const cell of cells) {
    all.due += cell.due
    all.missed += cell.missed
    const usual = usualOf(cell)
    if (!usual) continue
    covered.due += cell.due
    covered.missed += cell.missed
    trials.push({ count: cell.due, chance: usual.rate })
    expected += cell.due * usual.rate
    spread += cell.due * usual.rate * (1 - usual.rate)
    error += cell.due ** 2 * usual.error
  }
  const standing = covered.due < all.due * leastCovered ? 'uncovered' : expected < leastExpected ? 'few' : 'unclear'
  const far = standing === 'unclear' ? normalFar(sumOfTrials(trials, covered.missed)) : 0
  return { ...all, agency, covered, expected, far, standing, spread, variance: spread === 0 ? 1 : 1 + error / spread }
}

/**
 * How much agencies differ beyond chance, after DerSimonian and Laird, without the furthest on either side. On the
 * logarithm of the odds, of which `far` over the root of the spread is an estimate: so large and small agencies, and
 * long and short periods, say the same.
 */
export function differenceBetween(weighed: readonly Pick<Weighed, 'far' | 'spread' | 'variance'>[]): number {
  const seen = weighed.map(({ far, spread, variance }) => ({
    odds: far / Math.sqrt(spread),
    weight: spread / variance,
  }))
  const sorted = seen.map(({ odds }) => odds).sort((a, b) => a - b)
  const aside = Math.max(1, Math.floor(sorted.length * setAside))
  const [lowest, highest] = [sorted[aside] as number, sorted[sorted.length - 1 - aside] as number]
  const within = (odds: number) => Math.min(highest, Math.max(lowest, odds))
  const weights = seen.reduce((sum, { weight }) => sum + weight, 0)
  const mean = seen.reduce((sum, { odds, weight }) => sum + within(odds) * weight, 0) / weights
  const scatter = seen.reduce((sum, { odds, weight }) => sum + weight * (within(odds) - mean) ** 2, 0)
  const free = weights - seen.reduce((sum, { weight }) => sum + weight ** 2, 0) / weights
  return Math.max(0, (scatter - (seen.length - 1)) / free)
}

const isWeighed = ({ standing }: Weighed): boolean => standing === 'unclear'

/** By how much others differ, and how many they are: of the period, or where they are few of the twelve months. */
function othersOf(agency: string, compared: readonly Weighed[], ofTwelveMonths: () => readonly Weighed[]) {
  const isOther = (mix: Weighed) => mix.agency !== agency
  const now = compared.filter(isOther)
  const before = now.length < enoughCompared ? ofTwelveMonths().filter(isOther) : []
  const others = before.length > now.length ? before : now
  return others.length < leastCompared ? null : { count: others.length, between: differenceBetween(others) }
}

function compareOnce(now: readonly Cell[], twelveMonthsBefore: readonly Cell[], aside: ReadonlyMap<string, number>) {
  const usualOf = usualRates(twelveMonthsBefore.filter(({ agency }) => !aside.has(agency)))
  const mixesOf = (cells: readonly Cell[]) =>
    [...Map.groupBy(cells, ({ agency }) => agency)].map(([agency, own]) => mixOf(agency, own, usualOf))
  const mixes = mixesOf(now)
  const compared = mixes.filter(isWeighed)
  let before: Weighed[] | undefined
  const ofTwelveMonths = () => {
    before ??= mixesOf(twelveMonthsBefore).filter(isWeighed)
    return before
  }
  const judged = compared.flatMap((mix) => {
    const others = othersOf(mix.agency, compared, ofTwelveMonths)
    if (!others) return []
    const far = mix.far / Math.sqrt(mix.variance + others.between * mix.spread)
    // As many degrees of freedom as agencies less two: the judged one is no other, and the others have a mean.
    return [{ agency: mix.agency, far, between: others.between, chance: studentBeyond(far, others.count - 1) }]
  })
  const padding = new Array<number>(Math.max(0, leastWeighed - judged.length)).fill(1)
  const passed = beyondChance([...judged.map(({ chance }) => chance), ...padding])
  const named = new Set(judged.filter((_, place) => passed[place]).map(({ agency }) => agency))
  const furthest = judged.filter(({ agency }) => named.has(agency)).sort((a, b) => Math.abs(b.far) - Math.abs(a.far))
  const all = new Map(judged.map((each) => [each.agency, each]))
  return { mixes, compared, judged: all, named, furthest: furthest.map(({ agency }) => agency) }
}

/**
 * Compares agencies with what others missed of the same mix in the twelve months before. Agencies that differ beyond
 * chance are named, one after another, the furthest first: it no longer says what is usual for the rest, and stays
 * named. There are no ranks, because the order of the others cannot be told from chance.
 */
export function compareMixes(now: readonly Cell[], twelveMonthsBefore: readonly Cell[]): MixComparison {
  const aside = new Map<string, number>()
  let last = compareOnce(now, twelveMonthsBefore, aside)
  while (aside.size < mostAside) {
    const further = last.furthest.find((agency) => !aside.has(agency))
    if (further === undefined) break
    aside.set(further, last.judged.get(further)?.far ?? 0)
    last = compareOnce(now, twelveMonthsBefore, aside)
  }
  const { mixes, compared, judged, named } = last
  const sum = (read: (mix: Weighed) => number) => compared.reduce((all, mix) => all + read(mix), 0)
  const due = sum(({ covered }) => covered.due)
  const betweens = [...judged.values()].map(({ between }) => between)
  return {
    between: betweens.length === 0 ? 0 : betweens.reduce((all, each) => all + each, 0) / betweens.length,
    missedShare: due === 0 ? null : sum(({ expected }) => expected) / due,
    agencies: mixes.map(({ variance: _, spread: __, ...mix }): AgencyMix => {
      const far = aside.get(mix.agency) ?? judged.get(mix.agency)?.far
      if (far === undefined) return { ...mix, far: 0, standing: mix.standing === 'unclear' ? 'alone' : mix.standing }
      const isNamed = aside.has(mix.agency) || named.has(mix.agency)
      return { ...mix, far, standing: isNamed ? (far > 0 ? 'worse' : 'better') : mix.standing }
    }),
  }
}

/** The twelve months before the period: what fell due in them, and the day on which the log begins if within them. */
type Past = { from: LocalDay; due: number; begins: LocalDay | null }

/** The comparison of a period, with the names of its agencies. */
export type CaseMix = Omit<MixComparison, 'agencies'> & {
  agencies: (NamedAgency & Omit<AgencyMix, 'agency'>)[]
  past: Past
}

/** Why no agency is compared: which data are missing. Null: some are. */
export function missingData({
  agencies,
  past,
}: CaseMix): 'nothing_due' | 'no_past' | 'few_past' | 'few' | 'alone' | null {
  if (agencies.some(isCompared)) return null
  const dueOf = (standing: Standing) =>
    agencies.filter((each) => each.standing === standing).reduce((sum, { due }) => sum + due, 0)
  if (agencies.length === 0) return 'nothing_due'
  if (past.due === 0) return 'no_past'
  if (dueOf('alone') > 0) return 'alone'
  return dueOf('uncovered') > dueOf('few') ? 'few_past' : 'few'
}

/** Of all promises of the period, how many are compared. */
export function coveredShare({ agencies }: CaseMix): number | null {
  return shareOf(
    agencies.filter(isCompared).reduce((sum, { covered }) => sum + covered.due, 0),
    agencies.reduce((sum, { due }) => sum + due, 0),
  )
}

export const isNamed = ({ standing }: Pick<AgencyMix, 'standing'>): boolean =>
  standing === 'better' || standing === 'worse'
export const isCompared = ({ standing }: Pick<AgencyMix, 'standing'>): boolean =>
  isNamed({ standing }) || standing === 'unclear'

const standings = { worse: 0, better: 1, unclear: 2, alone: 3, few: 4, uncovered: 5 } as const satisfies Record<
  Standing,
  number
>

/** Those that are named first; within a standing by name, which is no rank. */
export const byStanding = (agencies: CaseMix['agencies']): CaseMix['agencies'] =>
  [...agencies].sort((a, b) => standings[a.standing] - standings[b.standing] || (a.name < b.name ? -1 : 1))

/**
 * What would be missed of the usual mix: the share that was missed of it in the twelve months before, times how many
 * times the expected were missed. So agencies with other work can stand in one plot.
 */
export const likeShare = (share: number, { covered, expected }: Pick<AgencyMix, 'covered' | 'expected'>): number =>
  Math.min(1, (share * covered.missed) / expected)

/** The lines of the funnel: within them 95 and 99.8 per cent of agencies lie that differ as agencies usually do. */
export const funnelReaches = [1.96, 3.09] as const

/** Where a line of the funnel is for so many promises. */
export function funnelAt(due: number, share: number, between: number, reach: number): { low: number; high: number } {
  const chance = share * (1 - share)
  const far = reach * Math.sqrt(chance / due + between * chance ** 2)
  return { low: Math.max(0, share - far), high: Math.min(1, share + far) }
}
