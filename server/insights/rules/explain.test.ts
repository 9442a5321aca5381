import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countNamed,
  dimensionsOf,
  explainCount,
  explainMedian,
  explainShare,
  explainSlices,
  goodForPart,
  type Part,
  type Spread,
} from './explain.ts'
import { countFigure, shareFigure } from './figures.ts'

const counts = fc.tuple(fc.nat(500), fc.nat(500)).map(([a, b]): [number, number] => (a < b ? [a, b] : [b, a]))
const parts = fc
  .array(fc.tuple(counts, counts), { minLength: 1, maxLength: 12 })
  .map((rows) =>
    rows.map(([now, then], key): Part<number> => ({ key, now: shareFigure(...now), previous: shareFigure(...then) })),
  )
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
const wholeOf = (rows: readonly Part<number>[], which: 'now' | 'previous') =>
  shareFigure(sum(rows.map((row) => row[which].numerator)), sum(rows.map((row) => row[which].denominator ?? 0))).value

describe('the contributions of parts', () => {
  test('sum to the change of a share, rate and mix together', () => {
    fc.assert(
      fc.property(parts, (rows) => {
        const explained = explainShare(rows)
        const [now, then] = [wholeOf(rows, 'now'), wholeOf(rows, 'previous')]
        if (now === null || then === null) {
          expect(explained).toBeNull()
          return
        }
        expect(sum((explained ?? []).map(({ rate, mix }) => rate + mix))).toBeCloseTo(now - then, 10)
        expect(explained?.map(({ key }) => key).sort()).toEqual(rows.map(({ key }) => key).sort())
      }),
    )
  })

  test('are all rate where every part weighs as much as before, and all mix where none changed its rate', () => {
    const row = (key: string, now: [number, number], then: [number, number]) => ({
      key,
      now: shareFigure(...now),
      previous: shareFigure(...then),
    })
    const better = explainShare([row('a', [9, 10], [5, 10]), row('b', [5, 10], [5, 10])])
    expect(better?.map(({ key, rate, mix }) => [key, rate.toFixed(3), mix.toFixed(3)])).toEqual([
      ['a', '0.200', '0.000'],
      ['b', '0.000', '0.000'],
    ])
    const shifted = explainShare([row('a', [18, 20], [9, 10]), row('b', [1, 10], [2, 20])])
    expect(shifted?.every(({ rate }) => rate === 0)).toBe(true)
    expect(sum((shifted ?? []).map(({ mix }) => mix))).toBeCloseTo(19 / 30 - 11 / 30, 12)
  })

  /** As many reports of each outcome, and how many others the whole has besides. */
  const slicedWhole = fc.tuple(fc.array(fc.nat(500), { minLength: 6, maxLength: 6 }), fc.nat(500))

  test('sum to the change of a share that is divided by outcome, and nothing of it is due to weights', () => {
    fc.assert(
      fc.property(slicedWhole, slicedWhole, ([now, open], [then, openThen]) => {
        const [all, allThen] = [sum(now) + open, sum(then) + openThen]
        const explained = explainSlices(
          now.map((count, key) => ({
            key,
            now: shareFigure(count, all),
            previous: shareFigure(then[key] ?? 0, allThen),
          })),
        )
        if (all === 0 || allThen === 0) {
          expect(explained).toBeNull()
          return
        }
        expect(sum((explained ?? []).map(({ total }) => total))).toBeCloseTo(sum(now) / all - sum(then) / allThen, 12)
        expect(explained?.every(({ rate, mix, total }) => rate === total && mix === 0)).toBe(true)
      }),
    )
  })

  test('sum to the change of a count', () => {
    const explained = explainCount(
      [1, 2, 3].map((key) => ({ key, now: countFigure(key * 3), previous: countFigure(5) })),
    )
    expect(sum(explained.map(({ total }) => total))).toBe(18 - 15)
    expect(explained[0]?.key).toBe(3)
  })

  const histogram = fc.record({
    minutes: fc.uniqueArray(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 9 })), {
      selector: ([at]) => at,
      maxLength: 8,
    }),
    endless: fc.nat(3),
  })
  const spreads = fc
    .array(fc.tuple(histogram, histogram), { minLength: 1, maxLength: 6 })
    .map((rows) => rows.map(([now, previous], key): Spread<number> => ({ key, now, previous })))
  const medianOf = (rows: readonly Spread<number>[], which: 'now' | 'previous') => {
    const all = rows.flatMap((row) => [
      ...row[which].minutes.flatMap(([at, count]) => Array.from({ length: count }, () => at)),
      ...Array.from({ length: row[which].endless }, () => Number.POSITIVE_INFINITY),
    ])
    return all.sort((a, b) => a - b)[Math.ceil(all.length / 2) - 1]
  }

  test('sum to the change of a median, wherever both are reached', () => {
    fc.assert(
      fc.property(spreads, (rows) => {
        const [now, then] = [medianOf(rows, 'now'), medianOf(rows, 'previous')]
        const explained = explainMedian(rows)
        if (now === undefined || then === undefined || !Number.isFinite(now - then)) {
          expect(explained).toBeNull()
          return
        }
        expect(sum((explained ?? []).map(({ total }) => total))).toBeCloseTo(now - then, 9)
      }),
    )
  })
})

test('only what is handled is divided by outcomes, and more of one is neither better nor worse', () => {
  expect([dimensionsOf('handled').includes('outcome'), dimensionsOf('on_time').includes('outcome')]).toEqual([
    true,
    false,
  ])
  expect([goodForPart('handled', 'outcome'), goodForPart('handled', 'agency')]).toEqual(['none', 'up'])
})

test.each([
  ['as many as make 70 % of all movement', [50, -20, 10, 10, 10], 3],
  ['more where each is small', [1, -1, 1, -1, 1, -1, 1, -1, 1, -1], 7],
  ['twelve at most', Array.from({ length: 40 }, () => 1), 12],
  ['three at least', [90, 5, 3, 2], 3],
  ['all of fewer', [4], 1],
  ['none of none', [], 0],
])('of the parts of a change are named %s', (_, totals, expected) => {
  expect(countNamed(totals.map((total) => ({ total })))).toBe(expected)
})
