import { beyondChance } from './chance.ts'
import { betaShare } from './distributions.ts'

/** So many spans before tell what is usual: weeks of a week, months of a month, the same hours of a weekday. */
export const mostSpans = 12
/** Of a city that is younger; with fewer nothing is called a jump. */
const leastSpans = 6

/** With fewer a part is no jump, whatever is usual: of a handful nobody is told. */
const leastJump = 8
/** Nor with less than half as many again: of thousands, a few per cent are beyond chance. */
const leastRise = 1.5

/** How many of a part there were in a span, and in each of those before it, the latest first. */
export type PartCounts = { now: number; before: readonly number[] }
/** How long the span is, and each of those before it, by any one measure. */
export type SpanLengths = { now: number; before: readonly number[] }

type Jump = {
  /** As many as there usually are in a span of this length. */
  usual: number
  /** How likely chance alone brings as many or more; null: there are none, now or before. */
  chance: number | null
  isJump: boolean
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

/**
 * Which of all the parts have far more than usual, by the exact predictive distribution of a count; all of them are
 * weighed together after Benjamini and Hochberg. A part that never had any is not: given the sum of its spans the test
 * is exact, and of none nothing can jump. What was before the first of all counts did not have zero reports.
 */
export function jumpsAmong(parts: readonly PartCounts[], lengths: SpanLengths): Jump[] {
  const isBegun = lengths.before.map((_, place) => parts.some(({ before }) => (before[place] ?? 0) > 0))
  const known = <Value>(values: readonly Value[]): Value[] => values.slice(0, isBegun.lastIndexOf(true) + 1)
  const spans = known(lengths.before)
  if (spans.length < leastSpans) return parts.map(() => ({ usual: 0, chance: null, isJump: false }))
  const counts = parts.map(({ now, before }) => ({ now, before: known(before) }))
  const part = lengths.now / sumOf(spans)
  const dispersions = dispersionsOf(counts, spans)
  const tested = counts.map(({ now, before }, place) => {
    const sum = sumOf(before)
    const chance = now + sum === 0 ? null : chanceOf(now, sum, part, dispersions[place] as number)
    return { now, usual: sum * part, chance }
  })
  const passed = beyondChance(tested.map(({ chance }) => chance))
  return tested.map(({ now, usual, chance }, place) => ({
    usual,
    chance,
    isJump: passed[place] === true && now >= leastJump && now >= leastRise * usual,
  }))
}

/**
 * How likely there are as many or more after so many in the spans before; `part`: the length of the span in all of
 * theirs. Of independent events this is the exact test of one binomial share, which is the tail of a negative binomial
 * distribution: the mean is as uncertain as its spans leave it. A larger dispersion widens that.
 */
function chanceOf(now: number, sum: number, part: number, dispersion: number): number {
  if (now === 0) return 1
  const scatter = dispersion * (1 + part)
  return betaShare((scatter - 1) / scatter, now, ((sum + 1) * part) / (scatter - 1))
}

/** The weight, in degrees of freedom, of what all parts together tell about how one of them scatters. */
const pooledWeight = 11
/** The scatter of all parts together depends on itself by little: so many steps find it. */
const poolingSteps = 4

/**
 * By how much each part scatters more than independent events: never less than all together, and more where its own
 * spans say so. Twelve counts alone tell too little for one part in a thousand.
 */
function dispersionsOf(parts: readonly PartCounts[], lengths: readonly number[]): number[] {
  const freedom = lengths.length - 1
  const residuals = parts.map(({ before }) => residualsOf(before, lengths))
  const squares = residuals.map((one) => sumOf(one.map((residual) => residual ** 2)))
  const sums = parts.map(({ before }) => sumOf(before))
  let pooled = 0
  // One report has no scatter, and of few the sum leaves the less room for it the more they scatter.
  const weightOf = (sum: number) => (sum < 2 ? 0 : (freedom * (sum - 1)) / (sum + pooled))
  const excesses = sums.map((sum, place) => (sum < 2 ? 0 : (squares[place] as number) - freedom))
  for (let step = 0; step < poolingSteps; step += 1)
    pooled = Math.max(0, sumOf(excesses) / Math.max(1, sumOf(sums.map(weightOf))))
  const lasting = lastingFactor(residuals.filter((_, place) => (sums[place] as number) >= 2))
  return sums.map((sum, place) => {
    const drawn = ((excesses[place] as number) + pooledWeight * pooled) / (weightOf(sum) + pooledWeight)
    return (1 + Math.max(pooled, drawn)) * lasting
  })
}

/** How far each count is off what the sum of all makes likely, in standard deviations of independent events. */
function residualsOf(counts: readonly number[], lengths: readonly number[]): number[] {
  const perLength = sumOf(counts) / sumOf(lengths)
  return counts.map((count, place) => {
    const mean = perLength * (lengths[place] as number)
    return mean === 0 ? 0 : (count - mean) / Math.sqrt(mean)
  })
}

/**
 * Counts that resemble the ones before them scatter less around their own mean than around the true one: by how much,
 * from the correlation of one span with the next over all parts, as if it died away by equal factors.
 */
function lastingFactor(residuals: readonly (readonly number[])[]): number {
  const spans = residuals[0]?.length ?? 0
  const together = (far: number) =>
    sumOf(residuals.map((one) => sumOf(one.slice(far).map((residual, at) => residual * (one[at] as number)))))
  const all = together(0)
  if (all === 0) return 1
  // Around their own mean, even independent counts are correlated by −1/n.
  const correlation = Math.min(0.9, Math.max(0, (together(1) / all + 1 / spans) / (1 - 3 / spans)))
  const lost = sumOf(Array.from({ length: spans - 1 }, (_, at) => (1 - (at + 1) / spans) * correlation ** (at + 1)))
  return 1 / (1 - (2 / (spans - 1)) * lost)
}
