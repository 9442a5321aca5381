import type { AgeBucket } from './data-point.ts'

/** The fewest of the largest parts that hold half of the whole; 0: there is nothing to hold. */
export function holdingHalf(counts: readonly number[]): number {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2
  let [held, largest] = [0, 0]
  for (const count of [...counts].sort((a, b) => b - a)) {
    if (held >= half) break
    held += count
    largest += 1
  }
  return largest
}

/** Where the greatest is; null: none is greater than zero. The first of several. */
export function placeOfMost(counts: readonly number[]): number | null {
  const most = Math.max(0, ...counts)
  return most === 0 ? null : counts.indexOf(most)
}

const longAges: readonly AgeBucket[] = ['11-20', '21-']

/** Open reports received more than ten working days ago. */
export const longWaiting = (byAge: readonly { bucket: AgeBucket; count: number }[]): number =>
  byAge.reduce((sum, { bucket, count }) => (longAges.includes(bucket) ? sum + count : sum), 0)
