import type { WeeksBefore } from './weeks-before.ts'

/**
 * By how much counts scatter more than independent events would: their variance over their mean, never less than 1. It
 * is estimated itself, with so many degrees of freedom; where it would be less than 1, nothing is.
 */
export type Scatter = { dispersion: number; freedom: number }

/** Of this many weeks, four-week sums tell their variance about as well as ten independent values would. */
const longFreedom = { weeks: 26, freedom: 10 }
const sumWeeks = 4

/** Of what has never been there, nothing tells how it scatters. */
export function scatterOf(counts: readonly number[], weeks: Pick<WeeksBefore, 'isLong'>): Scatter | null {
  const told = estimateOf(counts, weeks)
  return told && atLeastOne(told)
}

function estimateOf(counts: readonly number[], { isLong }: Pick<WeeksBefore, 'isLong'>): Scatter | null {
  const first = counts.findIndex((count) => count > 0)
  const known = counts.slice(Math.max(first, 0))
  if (first < 0 || known.length <= 2 * sumWeeks) return null
  return isLong ? ofSums(known) : { dispersion: varianceOverMean(known), freedom: known.length - 1 }
}

/**
 * The same of parts of one whole, over more than a week: each half by its own weeks and half by those of all, which one
 * part alone tells too little about.
 */
export function scattersOf(
  parts: readonly (readonly number[])[],
  weeks: Pick<WeeksBefore, 'isLong'>,
): (Scatter | null)[] {
  if (!weeks.isLong) return parts.map((counts) => scatterOf(counts, weeks))
  const own = parts.map((counts) => estimateOf(counts, weeks))
  const told = own.filter((one) => one !== null)
  const pooled = meanOf(told.map(({ dispersion }) => dispersion))
  return own.map(
    (one) =>
      one &&
      atLeastOne({
        dispersion: (one.dispersion + pooled) / 2,
        freedom: one.freedom * Math.min(2, told.length),
      }),
  )
}

/** The same of what is counted at one moment of each week. */
export const scatterOfMoments = (counts: readonly number[]): Scatter | null => scatterOf(counts, { isLong: false })

const atLeastOne = (told: Scatter): Scatter =>
  told.dispersion > 1 ? told : { dispersion: 1, freedom: Number.POSITIVE_INFINITY }

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function varianceOverMean(counts: readonly number[]): number {
  const mean = meanOf(counts)
  return meanOf(counts.map((count) => (count - mean) ** 2)) * (counts.length / (counts.length - 1) / mean)
}

/**
 * Of all sums of four weeks in a row: weeks that resemble their neighbours make a month scatter more than four
 * independent ones, but two months next to each other differ by less. Half by how far sums are off their mean, which is
 * that of all weeks and takes four of them in so many from the variance; half by how far each is off the next.
 */
function ofSums(counts: readonly number[]): Scatter {
  const sums = counts
    .slice(sumWeeks - 1)
    .map((_, at) => counts.slice(at, at + sumWeeks).reduce((sum, count) => sum + count, 0))
  const mean = sumWeeks * meanOf(counts)
  const ofEach = meanOf(sums.map((sum) => (sum - mean) ** 2)) / (1 - sumWeeks / counts.length)
  const ofPairs = meanOf(sums.slice(sumWeeks).map((sum, at) => (sum - (sums[at] as number)) ** 2)) / 2
  return {
    dispersion: (ofEach + ofPairs) / 2 / mean,
    freedom: (longFreedom.freedom * counts.length) / longFreedom.weeks,
  }
}
