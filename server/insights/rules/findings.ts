import type { AgeBucket } from './data-point.ts'

/**
 * The fewest of the largest parts that hold half of the whole; 0: there is nothing to hold, or all of them hold less,
 * because much of the whole is in none of them.
 */
export function holdingHalf(counts: readonly number[], whole = counts.reduce((sum, count) => sum + count, 0)): number {
  const half = whole / 2
  let [held, largest] = [0, 0]
  for (const count of [...counts].sort((a, b) => b - a)) {
    if (held >= half) break
    held += count
    largest += 1
  }
  return held >= half ? largest : 0
}

/** Where the greatest is; null: none is greater than zero, or several are as great. */
export function placeOfMost(counts: readonly number[]): number | null {
  const most = Math.max(0, ...counts)
  const place = counts.indexOf(most)
  return most === 0 || counts.lastIndexOf(most) !== place ? null : place
}

const longAges: readonly AgeBucket[] = ['11-20', '21-']

/** Open reports received more than ten working days ago. */
export const longWaiting = (byAge: readonly { bucket: AgeBucket; count: number }[]): number =>
  byAge.reduce((sum, { bucket, count }) => (longAges.includes(bucket) ? sum + count : sum), 0)
