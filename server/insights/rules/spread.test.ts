import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Spread } from './spread.ts'

/** Some below zero, some beyond the longest list, most of them small and frequent. */
const value = fc.oneof(
  { weight: 8, arbitrary: fc.nat(400) },
  { weight: 2, arbitrary: fc.integer({ min: -20, max: 1 << 18 }) },
  { weight: 1, arbitrary: fc.constant(2 ** 30) },
)
const values = fc.oneof(fc.array(value, { maxLength: 12 }), fc.array(value, { minLength: 120, maxLength: 400 }))
const shares = [0, 0.25, 0.5, 0.9, 1]

/** The definition of `percentile_disc`: the first value at which this share of all is reached. */
const byDefinition = (all: readonly number[]): number[] => {
  const sorted = [...all].sort((a, b) => a - b)
  return sorted.length === 0
    ? []
    : shares.map((share) => sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0)
}

const spreadOf = (all: readonly number[]): Spread => {
  const spread = new Spread()
  for (const each of all) spread.add(each, 1)
  return spread
}

test('percentiles and totals of a union of spreads, packed or not, are those of all their values together', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(values, fc.boolean()), { maxLength: 5 }), (parts) => {
      const spread = new Spread()
      for (const [part, isPacked] of parts) {
        const numbers = Int32Array.from([7, ...spreadOf(part).packed(), 7])
        if (isPacked) spread.addPacked(numbers, 1, numbers.length - 1)
        else spread.addAll(spreadOf(part))
      }
      const all = parts.flatMap(([part]) => part)
      expect(spread.quantiles(shares)).toEqual(byDefinition(all))
      expect(spread.totals()).toEqual({ count: all.length, sum: all.reduce((sum, each) => sum + each, 0) })
      // Reading it repeatedly does not change it, nor does keeping it, and it packs to the same.
      spread.compact()
      const joined = new Spread().and(spread)
      expect([joined.totals(), joined.quantiles(shares)]).toEqual([spread.totals(), byDefinition(all)])
      expect(spread.quantiles(shares)).toEqual(byDefinition(all))
      expect(spread.packed()).toEqual(spreadOf(all).packed())
    }),
    { numRuns: 300 },
  )
})

test('what is subtracted again leaves no trace', () => {
  fc.assert(
    fc.property(values, values, (kept, gone) => {
      const spread = spreadOf([...kept, ...gone])
      for (const each of gone) spread.add(each, -1)
      expect(spread.quantiles(shares)).toEqual(byDefinition(kept))
      expect(spread.packed()).toEqual(spreadOf(kept).packed())
    }),
    { numRuns: 300 },
  )
})
