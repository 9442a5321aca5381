import type { NamedAgency } from './board.ts'
import { beyondChance } from './chance.ts'
import { normalBeyond, normalFar, sumOfTrials } from './distributions.ts'
import { shareOf } from './statistics.ts'

/** Promises that fell due, and those missed of them. */
type Promises = { due: number; missed: number }

/** The promises of an agency of one kind: what it is about, how urgent, how long it may take, when it came in. */
export type Cell = Promises & { agency: string; stratum: string; group: string }

/**
 * How an agency stands against what others miss of the same mix of promises: better or worse only beyond chance. `few`:
 * too little is expected; `uncovered`: too few others have such promises.
 */
export type Standing = 'better' | 'worse' | 'unclear' | 'few' | 'uncovered'

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
  /** By how much agencies differ more than chance, as a variance in units of it. */
  between: number
}

/** Others must have had so many promises of a kind to say what is usual. */
const leastOthers = 20
/** The rate of a kind is drawn towards that of its group of categories, by the weight of so many promises. */
const groupWeight = 20
const leastExpected = 5
const leastCovered = 0.6
/** The agencies furthest off on either side do not say how much agencies usually differ. */
const setAside = 0.1

type Before = {
  strata: Map<string, Promises>
  groups: Map<string, Promises>
  own: Map<string, Promises>
  ownGroups: Map<string, Promises>
}

const keyOf = (agency: string, name: string): string => `${agency}\n${name}`
const none: Promises = { due: 0, missed: 0 }

function addTo(sums: Map<string, Promises>, key: string, { due, missed }: Promises): void {
  const sum = sums.get(key) ?? none
  sums.set(key, { due: sum.due + due, missed: sum.missed + missed })
}

function sumsOf(cells: readonly Cell[]): Before {
  const sums: Before = { strata: new Map(), groups: new Map(), own: new Map(), ownGroups: new Map() }
  for (const cell of cells) {
    addTo(sums.strata, cell.stratum, cell)
    addTo(sums.groups, cell.group, cell)
    addTo(sums.own, keyOf(cell.agency, cell.stratum), cell)
    addTo(sums.ownGroups, keyOf(cell.agency, cell.group), cell)
  }
  return sums
}

const without = (all: Promises | undefined, own: Promises | undefined): Promises => ({
  due: (all?.due ?? 0) - (own?.due ?? 0),
  missed: (all?.missed ?? 0) - (own?.missed ?? 0),
})

/** What others missed of a kind; null: they had too few of it. */
function usualRate({ agency, stratum, group }: Cell, before: Before): { rate: number; error: number } | null {
  const others = without(before.strata.get(stratum), before.own.get(keyOf(agency, stratum)))
  if (others.due < leastOthers) return null
  const ofGroup = without(before.groups.get(group), before.ownGroups.get(keyOf(agency, group)))
  const all = others.due + groupWeight
  const rate = (others.missed + groupWeight * (ofGroup.missed / ofGroup.due)) / all
  return { rate, error: (rate * (1 - rate) * others.due) / all ** 2 }
}

type Weighed = AgencyMix & { variance: number }

function mixOf(agency: string, cells: readonly Cell[], before: Before): Weighed {
  const trials: { count: number; chance: number }[] = []
  const [all, covered] = [{ ...none }, { ...none }]
  let [expected, spread, error] = [0, 0, 0]
  for (const cell of cells) {
    all.due += cell.due
    all.missed += cell.missed
    const usual = usualRate(cell, before)
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
  return { ...all, agency, covered, expected, far, standing, variance: spread === 0 ? 1 : 1 + error / spread }
}

/** How much agencies differ beyond chance, after DerSimonian and Laird, without the furthest on either side. */
function differenceBetween(weighed: readonly Weighed[]): number {
  if (weighed.length < 2) return 0
  const sorted = weighed.map(({ far }) => far).sort((a, b) => a - b)
  const aside = Math.floor(sorted.length * setAside)
  const [lowest, highest] = [sorted[aside] as number, sorted[sorted.length - 1 - aside] as number]
  const seen = weighed.map(({ far, variance }) => ({
    far: Math.min(highest, Math.max(lowest, far)),
    weight: 1 / variance,
  }))
  const weights = seen.reduce((sum, { weight }) => sum + weight, 0)
  const mean = seen.reduce((sum, { far, weight }) => sum + far * weight, 0) / weights
  const scatter = seen.reduce((sum, { far, weight }) => sum + weight * (far - mean) ** 2, 0)
  const free = weights - seen.reduce((sum, { weight }) => sum + weight ** 2, 0) / weights
  return Math.max(0, (scatter - (seen.length - 1)) / free)
}

/**
 * Compares agencies with what others missed of the same mix in the twelve months before. Agencies that differ beyond
 * chance are named. There are no ranks, because the order of the others cannot be told from chance.
 */
export function compareMixes(now: readonly Cell[], twelveMonthsBefore: readonly Cell[]): MixComparison {
  const before = sumsOf(twelveMonthsBefore)
  const mixes = [...Map.groupBy(now, ({ agency }) => agency)].map(([agency, cells]) => mixOf(agency, cells, before))
  const compared = mixes.filter(({ standing }) => standing === 'unclear')
  const between = differenceBetween(compared)
  const fars = new Map(compared.map(({ agency, far, variance }) => [agency, far / Math.sqrt(variance + between)]))
  const passed = beyondChance([...fars.values()].map(normalBeyond))
  const named = new Set([...fars.keys()].filter((_, place) => passed[place]))
  const sum = (read: (mix: Weighed) => number) => compared.reduce((all, mix) => all + read(mix), 0)
  const due = sum(({ covered }) => covered.due)
  return {
    between,
    missedShare: due === 0 ? null : sum(({ expected }) => expected) / due,
    agencies: mixes.map(({ variance: _, ...mix }): AgencyMix => {
      const far = fars.get(mix.agency) ?? 0
      return { ...mix, far, standing: named.has(mix.agency) ? (far > 0 ? 'worse' : 'better') : mix.standing }
    }),
  }
}

/** The comparison of a period, with the names of its agencies. */
export type CaseMix = Omit<MixComparison, 'agencies'> & { agencies: (NamedAgency & Omit<AgencyMix, 'agency'>)[] }

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
  standing !== 'few' && standing !== 'uncovered'

const standings = { worse: 0, better: 1, unclear: 2, few: 3, uncovered: 4 } as const satisfies Record<Standing, number>

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
  const far = reach * Math.sqrt(((1 + between) * share * (1 - share)) / due)
  return { low: Math.max(0, share - far), high: Math.min(1, share + far) }
}
