import { testCounts } from '#server/insights/rules/chance.ts'
import { jumpsAmong, mostSpans, type PartCounts } from '#server/insights/rules/jumps.ts'
import { scatterOf, scattersOf } from '#server/insights/rules/scatter.ts'
import { binomial, negativeBinomial, normal, poisson } from './random.ts'

type Random = () => number

/** How counts of weeks come: `dispersion` is variance over mean, `correlation` that of one week with the next. */
export type Weather = { dispersion: (random: Random) => number; correlation: number }

export const steady = (dispersion: number, correlation = 0): Weather => ({ dispersion: () => dispersion, correlation })

/** Counts of weeks in a row; some of each week are carried over from the week before, the rest is new. */
export function weeksOf(random: Random, count: number, mean: number, { dispersion, correlation }: Weather): number[] {
  const own = dispersion(random)
  const ofNew = own * (1 + correlation) - correlation
  const weeks = [negativeBinomial(random, mean, own)]
  while (weeks.length < count) {
    const carried = binomial(random, weeks.at(-1) ?? 0, correlation)
    weeks.push(carried + negativeBinomial(random, mean * (1 - correlation), ofNew))
  }
  return weeks
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

type Letter = { reportsAWeek: number; weeksInSpan: 1 | 4; weather: Weather }

/** Of a hundred reports; the shares of the category groups of the demo, the largest first. */
const groups = [22, 17, 14, 11, 9, 8, 6, 5, 4, 2, 1, 0.7, 0.3]
const communes = 126

/** How many reports a week each part of a city has: communes from quiet to busy, and groups of categories. */
function usualsOf(random: Random, reportsAWeek: number): number[] {
  const sizes = Array.from({ length: communes }, () => Math.exp(0.9 * normal(random)))
  const whole = sumOf(sizes)
  return [...sizes.map((size) => (size / whole) * reportsAWeek), ...groups.map((one) => (one / 100) * reportsAWeek)]
}

const isJumpOf = (parts: readonly PartCounts[]): boolean[] =>
  jumpsAmong(parts, { now: 1, before: Array.from({ length: mostSpans }, () => 1) }).map(({ isJump }) => isJump)

/** The shares of letters that name any part where nothing happened, and of planted floods that are named. */
export function letters(
  random: Random,
  { reportsAWeek, weeksInSpan, weather }: Letter,
  tries: number,
): { named: number; small: number; large: number } {
  const usuals = usualsOf(random, reportsAWeek)
  const partOf = (aWeek: number): PartCounts => {
    const weeks = weeksOf(random, (mostSpans + 1) * weeksInSpan, aWeek, weather)
    const spans = Array.from({ length: mostSpans + 1 }, (_, at) =>
      sumOf(weeks.slice(at * weeksInSpan, (at + 1) * weeksInSpan)),
    ).reverse()
    return { now: spans[0] ?? 0, before: spans.slice(1) }
  }
  /** A quiet part of 2 in a span gets 13 more, and one of 40 gets 40 more. */
  const flooded = (usual: number, more: number): PartCounts => {
    const part = partOf(usual / weeksInSpan)
    return { ...part, now: part.now + poisson(random, more) }
  }
  const found = { named: 0, small: 0, large: 0 }
  for (let letter = 0; letter < tries; letter += 1) {
    const parts = usuals.map(partOf)
    if (isJumpOf(parts).includes(true)) found.named += 1
    const [small, large] = isJumpOf([flooded(2, 13), flooded(40, 40), ...parts])
    if (small) found.small += 1
    if (large) found.large += 1
  }
  return { named: found.named / tries, small: found.small / tries, large: found.large / tries }
}

type Comparison = { against: 'month' | 'quarter' | 'year'; aWeek: number; weather: Weather; parts: number }

const lengths = { month: 4, quarter: 13, year: 4 } as const
const weeksBefore = 26

/** The share of verdicts at nominal 5 % on counts that only chance moves: of one figure, or of parts of one whole. */
export function falseVerdicts(random: Random, { against, aWeek, weather, parts }: Comparison, tries: number): number {
  const length = lengths[against]
  let [judged, wrong] = [0, 0]
  while (judged < tries) {
    const all = Array.from({ length: parts }, () => weeksOf(random, weeksBefore + length, aWeek, weather))
    const before = all.map((weeks) => weeks.slice(0, weeksBefore))
    const scatters =
      parts === 1 ? before.map((weeks) => scatterOf(weeks, { isLong: true })) : scattersOf(before, { isLong: true })
    for (const [place, weeks] of all.entries()) {
      const then =
        against === 'year' ? weeksOf(random, length, aWeek, weather) : weeks.slice(weeksBefore - length, -length)
      const sides = [sumOf(weeks.slice(weeksBefore)), sumOf(then)].map((count) => ({ count, days: 7 * length }))
      const tested = testCounts(sides[0] as Side, sides[1] as Side, scatters[place] ?? null)
      if (!tested) continue
      judged += 1
      if (tested.chance <= 0.05) wrong += 1
    }
  }
  return wrong / judged
}

type Side = { count: number; days: number }
