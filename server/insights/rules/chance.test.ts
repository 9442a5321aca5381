import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beyondChance, fisherMidP, testCounts, testDurations, testShares } from './chance.ts'
import { betaShare, logGamma, normalBeyond, studentBeyond } from './distributions.ts'
import { scatterOf } from './scatter.ts'
import { Spread } from './spread.ts'
import { newcombe } from './statistics.ts'
import { endless } from './tallied-figures.ts'

const side = (part: number, whole: number) => ({ part, whole })
const spreadOf = (values: readonly number[]) => {
  const spread = new Spread()
  for (const value of values) spread.add(value, 1)
  return spread
}

describe('distributions', () => {
  test('the gamma function is the factorial, also of halves and of large numbers', () => {
    expect(logGamma(1)).toBeCloseTo(0, 13)
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13)
    // Stirling's series is exact to 1e-20 here.
    const [x, series] = [1e5, 1 / 12e5 - 1 / 360e15]
    expect(logGamma(x)).toBeCloseTo((x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series, 8)
  })

  test('the incomplete beta function of whole numbers is a binomial tail', () => {
    // P(X ≥ 3) of 5 tosses with 0.4: 10·0.064·0.36 + 5·0.0256·0.6 + 0.01024.
    expect(betaShare(0.4, 3, 3)).toBeCloseTo(0.31744, 12)
    expect([betaShare(0, 2, 3), betaShare(1, 2, 3)]).toEqual([0, 1])
  })

  test.for([
    // One degree of freedom is Cauchy's, two have a closed form; the others are the tables' 5 and 1 %.
    [1, 1, 0.5],
    [2, Math.SQRT2, 1 - Math.SQRT1_2],
    [11, 2.200985, 0.05],
    [11, 3.105807, 0.01],
    [30, 2.042272, 0.05],
  ] as const)('Student with %d degrees of freedom', ([freedom, t, beyond]) => {
    expect(studentBeyond(t, freedom)).toBeCloseTo(beyond, 6)
  })
})

describe('shares', () => {
  test('mid-P of the lady tasting tea: 1/70 + 1/70 less likely, and half of 16/70 + 16/70', () => {
    expect(fisherMidP(side(3, 4), side(1, 4))).toBeCloseTo(18 / 70, 12)
  })

  test('mid-P is that of all tables with the same sums, counted in whole numbers', () => {
    const choose = (n: number, k: number): bigint => {
      let product = 1n
      for (let i = 1; i <= k; i += 1) product = (product * BigInt(n - k + i)) / BigInt(i)
      return product
    }
    const sides = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60))
    fc.assert(
      fc.property(sides, ([a, b, c, d]) => {
        fc.pre(a + b > 0 && c + d > 0)
        const weight = (k: number) => choose(a + b, k) * choose(c + d, a + c - k)
        const tables = Array.from({ length: Math.min(a + b, a + c) + 1 }, (_, k) => k).filter((k) => a + c - k <= c + d)
        const [own, all] = [weight(a), choose(a + b + c + d, a + c)]
        const twice = tables.reduce(
          (sum, k) => sum + (weight(k) < own ? 2n : weight(k) === own ? 1n : 0n) * weight(k),
          0n,
        )
        expect(fisherMidP(side(a, a + b), side(c, c + d))).toBeCloseTo(Number((twice * 10n ** 15n) / all) / 2e15, 9)
      }),
    )
  })

  test('a great city is compared as exactly', () => {
    expect(fisherMidP(side(50_000, 100_000), side(50_000, 100_000))).toBeCloseTo(1, 2)
    expect(fisherMidP(side(90_000, 100_000), side(10_000, 100_000))).toBeLessThan(1e-15)
    // Of this many the normal approximation holds: z = 1.96.
    expect(fisherMidP(side(50_438, 100_000), side(50_000, 100_000))).toBeCloseTo(0.0501, 3)
  })

  test('fewer than twenty on a side have no verdict', () => {
    expect(testShares(side(3, 11), side(4, 17))).toBeNull()
    expect(testShares(side(19, 19), side(0, 200))).toBeNull()
    expect(testShares(side(20, 20), side(0, 20))?.chance).toBeLessThan(1e-9)
  })

  // The examples of Newcombe 1998, method 10.
  test.for([
    [side(56, 70), side(48, 80), 0.0524, 0.3339],
    [side(9, 10), side(3, 10), 0.1705, 0.809],
    [side(5, 56), side(0, 29), -0.0381, 0.1926],
    [side(10, 10), side(0, 10), 0.6075, 1],
  ] as const)('the range of a difference, %j and %j', ([now, before, low, high]) => {
    const range = newcombe(now, before)
    expect(range?.low).toBeCloseTo(low, 4)
    expect(range?.high).toBeCloseTo(high, 4)
  })
})

describe('counts', () => {
  const scatterOfWeeks = (counts: readonly number[]) => scatterOf(counts, { isLong: false })
  const calm = scatterOfWeeks(Array.from({ length: 12 }, () => 10))

  test('a jump is beyond chance where the weeks before were calm, and within it where they jumped too', () => {
    const [now, before] = [
      { count: 50, days: 7 },
      { count: 30, days: 7 },
    ]
    // Deviance 2·(50·ln 1.25 + 30·ln 0.75) = 5.0534; its root 2.2480 is beyond 1.96, the 5 % of a normal variable.
    expect(testCounts(now, before, calm)?.chance).toBeCloseTo(normalBeyond(2.24797), 5)
    const twice = { dispersion: 2, freedom: 11 }
    expect(testCounts(now, before, twice)?.chance).toBeCloseTo(studentBeyond(2.24797 / Math.sqrt(2), 11), 5)
    const restless = scatterOfWeeks([5, 60, 10, 70, 12, 4, 33, 58, 9, 41, 20, 38])
    expect(testCounts(now, before, restless)?.chance).toBeGreaterThan(0.5)
  })

  test('twice as many in twice the days are no difference', () => {
    expect(testCounts({ count: 80, days: 14 }, { count: 40, days: 7 }, calm)?.chance).toBeCloseTo(1, 9)
  })

  // Lengths of months and years: what is more in all can be fewer a day.
  test.for([
    [[10_000, 31], [9_800, 28], -1],
    [[9_800, 28], [10_000, 31], 1],
    [[3_100, 31], [2_800, 28], 0],
    [[36_600, 366], [36_550, 365], -1],
    [[9_200, 92], [9_050, 90], -1],
    [[50, 7], [30, 7], 1],
  ] as const)('%j against %j went %d a day', ([[count, length], [countThen, lengthThen], way]) => {
    expect(testCounts({ count, days: length }, { count: countThen, days: lengthThen }, calm)?.way).toBe(way)
  })

  test('no verdict of fewer than twenty, nor where it is not known how they scatter', () => {
    expect(testCounts({ count: 100, days: 7 }, { count: 19, days: 7 }, calm)).toBeNull()
    expect(testCounts({ count: 100, days: 7 }, { count: 20, days: 7 }, null)).toBeNull()
  })
})

describe('durations', () => {
  const upTo = (length: number, by = 1) => Array.from({ length }, (_, i) => 1 + i * by)

  test('are compared by how many come by the median of both', () => {
    const [now, before] = [spreadOf(upTo(40)), spreadOf(upTo(40).map((minutes) => minutes + 20))]
    // The median of all is 30: 30 of 40 came by it, and 10 of 40.
    expect(testDurations(now, before)?.chance).toBeCloseTo(fisherMidP(side(30, 40), side(10, 40)), 12)
  })

  test('the more come by then, the shorter it takes', () => {
    const [now, before] = [spreadOf(upTo(40)), spreadOf(upTo(40).map((minutes) => minutes + 20))]
    const ways = [testDurations(now, before), testDurations(before, now), testDurations(now, now)]
    expect(ways.map((tested) => tested?.way)).toEqual([-1, 1, 0])
  })

  test('where half are still open, those that have come are compared', () => {
    const open = (come: number, all: number) => spreadOf([...upTo(come), ...Array(all - come).fill(endless)])
    expect(testDurations(open(5, 40), open(15, 40))?.chance).toBeCloseTo(fisherMidP(side(5, 40), side(15, 40)), 12)
  })

  test('all alike do not differ, and few have no verdict', () => {
    expect(testDurations(spreadOf(Array(30).fill(7)), spreadOf(Array(30).fill(7)))?.chance).toBeGreaterThan(0.05)
    expect(testDurations(spreadOf(upTo(19)), spreadOf(upTo(99, 9)))).toBeNull()
  })
})

describe('all differences of a page', () => {
  test('one alone must be as unlikely as one in twenty', () => {
    expect(beyondChance([0.051, null])).toEqual([false, false])
    expect(beyondChance([null, 0.05])).toEqual([false, true])
  })

  test('of several, at most one in ten of those named is expected to be chance', () => {
    // The limits of five are 2, 4, 6, 8 and 10 %: the third passes, and with it the second, which alone would not.
    expect(beyondChance([0.9, 0.055, 0.019, null, 0.5, 0.045])).toEqual([false, true, true, false, false, true])
    expect(beyondChance([0.021, 0.05, 0.07, 0.09, 0.11])).toEqual([false, false, false, false, false])
    expect(beyondChance([null, null])).toEqual([false, false])
  })

  test('where nothing differs, something is named on one page of ten', () => {
    let state = 20_261_129
    const uniform = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state / 2 ** 32
    }
    const pages = Array.from({ length: 4000 }, () => beyondChance(Array.from({ length: 20 }, uniform)).includes(true))
    const share = pages.filter(Boolean).length / pages.length
    expect(share).toBeGreaterThan(0.08)
    expect(share).toBeLessThan(0.12)
  })
})
