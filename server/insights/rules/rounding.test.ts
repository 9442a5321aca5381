import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenPercents } from './rounding.ts'

const sumOf = (parts: readonly number[]) => parts.reduce((sum, part) => sum + part, 0)

test('parts that would each round up do not sum to more than the whole', () => {
  expect(evenPercents([12, 4, 2, 3, 3])).toEqual([50, 17, 8, 13, 12])
  expect(evenPercents([1, 1, 1])).toEqual([34, 33, 33])
  expect(evenPercents([2000, 1000, 0])).toEqual([66.7, 33.3, 0])
  expect(evenPercents([0, 0])).toEqual([0, 0])
})

test('whatever the parts, they sum to 100, none is off by more than one step, and zero stays zero', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50_000), { minLength: 1, maxLength: 8 }), (counts) => {
      const whole = sumOf(counts)
      fc.pre(whole > 0)
      const step = whole >= 1000 ? 0.1 : 1
      const percents = evenPercents(counts)
      expect(sumOf(percents)).toBeCloseTo(100, 6)
      for (const [place, count] of counts.entries()) {
        const percent = percents[place] ?? Number.NaN
        expect(Math.abs(percent - (count / whole) * 100)).toBeLessThan(step)
        if (count === 0) expect(percent).toBe(0)
      }
    }),
  )
})
