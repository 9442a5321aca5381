import { compareMixes, isCompared, isNamed } from '#server/insights/rules/case-mix.ts'
import type { Cell } from '#server/insights/rules/case-mix-rates.ts'
import type { Work } from './demo-mix.ts'
import { binomial, normal, poisson, randomFrom } from './random.ts'

export type Kind = {
  /** Days of the period that is compared. */
  days: number
  /** How much all agencies differ, as the standard deviation of the logarithm of their odds of missing. */
  spread?: number
  /** So many of the large agencies have twice the odds. */
  planted?: number
  /** Only so many agencies, the largest, have work in the period; the others had theirs in the twelve months before. */
  only?: number
}

const yearDays = 365
const plantedOdds = 2
/** Planted agencies are among so many of the largest. */
const largest = 12
/** Misses expected of each planted agency, with some more because the expected are estimated. */
const leastPlanted = 66
/** Misses expected of each of those that are the only ones: all are compared. */
const leastOnly = 12

const timesAsLikely = (chance: number, odds: number): number => (chance * odds) / (1 - chance + chance * odds)

type Agency = { id: string; work: Work[]; expectedPerDay: number }

/** Those whose work is mostly of kinds that others have, too: the ones with the most expected misses first. */
function largeOf(mix: readonly Work[]): Agency[] {
  const perDay = (work: readonly Work[]) => work.reduce((sum, each) => sum + each.perDay, 0)
  const kinds = new Map([...Map.groupBy(mix, ({ stratum }) => stratum)].map(([kind, work]) => [kind, perDay(work)]))
  const ofOthers = (work: Work) => (kinds.get(work.stratum) ?? 0) - work.perDay
  return [...Map.groupBy(mix, ({ agency }) => agency)]
    .map(([id, work]) => ({ id, work, expectedPerDay: work.reduce((sum, w) => sum + w.perDay * w.chance, 0) }))
    .filter(({ work }) => perDay(work.filter((each) => ofOthers(each) * yearDays >= 25)) > 0.7 * perDay(work))
    .sort((a, b) => b.expectedPerDay - a.expectedPerDay)
}

/**
 * A city with the work of `mix`: how much of which kind is given to whom, and what of it is missed, is drawn. Where
 * agencies are planted, the whole city has so much work that enough misses are expected of them.
 */
export function cityOf(mix: readonly Work[], seed: number, { days, spread = 0, planted = 0, only }: Kind) {
  const random = randomFrom(seed)
  const large = largeOf(mix).slice(0, only ?? largest)
  const slow = new Set<Agency>()
  while (slow.size < planted) slow.add(large[Math.floor(random() * large.length)] as Agency)
  const needed = planted > 0 ? [...slow] : only ? large : []
  const least = planted > 0 ? leastPlanted : leastOnly
  const times = Math.max(1, ...needed.map(({ expectedPerDay }) => least / (expectedPerDay * days)))
  const slowIds = new Set([...slow].map(({ id }) => id))
  const present = only ? new Set(large.map(({ id }) => id)) : null
  const [now, before]: [Cell[], Cell[]] = [[], []]
  for (const [agency, work] of Map.groupBy(mix, (each) => each.agency)) {
    const odds = Math.exp(spread * normal(random)) * (slowIds.has(agency) ? plantedOdds : 1)
    for (const { stratum, group, perDay, chance } of work) {
      const draw = (cells: Cell[], length: number) => {
        const due = poisson(random, perDay * times * length)
        const missed = binomial(random, due, timesAsLikely(chance, odds))
        if (due > 0) cells.push({ agency, stratum, group, due, missed })
      }
      draw(before, yearDays)
      if (!present || present.has(agency)) draw(now, days)
    }
  }
  return { now, before, planted: slowIds }
}

/** What comparing such cities says. `found`: of the planted agencies of which 60 misses or more are expected. */
export type Outcome = {
  cities: number
  silent: number
  planted: number
  found: number
  wrong: number
  compared: number
}

export function tryCities(mix: readonly Work[], kind: Kind, cities: number, compare = compareMixes): Outcome {
  const outcome = { cities, silent: 0, planted: 0, found: 0, wrong: 0, compared: 0 }
  for (let seed = 1; seed <= cities; seed += 1) {
    const city = cityOf(mix, seed * 7919, kind)
    const { agencies } = compare(city.now, city.before)
    const named = agencies.filter(isNamed)
    const planted = agencies.filter((each) => city.planted.has(each.agency) && isCompared(each) && each.expected >= 60)
    outcome.compared += agencies.filter(isCompared).length / cities
    outcome.planted += planted.length
    outcome.found += planted.filter(({ standing }) => standing === 'worse').length
    if (named.length === 0) outcome.silent += 1
    if (named.some(({ agency }) => !city.planted.has(agency))) outcome.wrong += 1
  }
  return outcome
}
