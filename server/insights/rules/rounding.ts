import { decimalFrom } from './definitions.ts'

/** A percentage of n reports: to 0.1 from a thousand on, an integer below. */
export const roundedPercent = (percent: number, n: number): number =>
  n >= decimalFrom ? Math.round(percent * 10) / 10 : Math.round(percent)

/**
 * The percentages of the parts of a whole, rounded so that they still sum to 100: each is rounded down, and the
 * remainder is given to those that lost most.
 */
export function evenPercents(counts: readonly number[]): number[] {
  const whole = counts.reduce((sum, count) => sum + count, 0)
  if (whole === 0) return counts.map(() => 0)
  const perPercent = whole >= decimalFrom ? 10 : 1
  const exact = counts.map((count) => (count / whole) * 100 * perPercent)
  const rounded = exact.map(Math.floor)
  const missing = 100 * perPercent - rounded.reduce((sum, part) => sum + part, 0)
  const lost = exact.map((part, place) => ({ place, by: part - Math.floor(part) })).sort((a, b) => b.by - a.by)
  for (const { place } of lost.slice(0, missing)) rounded[place] = (rounded[place] ?? 0) + 1
  return rounded.map((part) => part / perPercent)
}
