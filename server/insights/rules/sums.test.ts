import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settledAfter } from './settled.ts'
import { BelowZero } from './spread.ts'
import { changeSums, emptySums, writeSums } from './sums.ts'
import { Tally } from './tally.ts'

/** What a row is counted as: at a place and key, in a part, with some minutes. */
const row = fc.record({
  place: fc.constantFrom('category', 'step due', 'come'),
  key: fc.constantFrom('', 'a', 'b'),
  part: fc.nat(4),
  minutes: fc.oneof(fc.nat(20), fc.constant(2_147_483_647)),
  change: fc.integer({ min: -2, max: 2 }),
})
type Row = typeof row extends fc.Arbitrary<infer One> ? One : never

function count(tally: Tally, rows: readonly Row[], weight = 1): Tally {
  for (const { place, key, part, minutes, change } of rows) {
    tally.add(place, key, part, weight)
    tally.add('step changes', '', 0, weight * change)
    tally.note(`minutes of ${place}`, key, minutes, weight)
  }
  return tally
}

describe('sums changed by difference', () => {
  test('have the text of those counted from the rows that are left, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(row), fc.array(row), fc.array(row), (kept, removed, added) => {
        const before = writeSums(count(new Tally(), [...removed, ...kept]))
        const change = count(count(new Tally(), added), removed, -1)
        expect(changeSums(before, change)).toBe(writeSums(count(new Tally(), [...kept, ...added])))
      }),
      { numRuns: 400 },
    )
  })

  test('are empty when all is subtracted', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const change = count(new Tally(), rows, -1)
        expect(changeSums(writeSums(count(new Tally(), rows)), change)).toBe(emptySums)
        expect(count(change, rows).isEmpty()).toBe(true)
      }),
    )
  })

  test.each([
    ['a count', (tally: Tally) => tally.add('category', 'a', 1, -1)],
    ['minutes', (tally: Tally) => tally.note('intake', '', 7, -1)],
  ])('are refused where they did not contain what is subtracted: %s', (_, subtract) => {
    const change = new Tally()
    subtract(change)
    expect(() => changeSums(emptySums, change)).toThrow(BelowZero)
  })
})

test.each([
  ['a later row takes its place', { due: 5 }, { due: 9 }, { due: 9 }, []],
  ['another one is still the last', { due: 4 }, { due: 3 }, { due: 5 }, []],
  ['the last one is gone', { due: 5 }, { due: 3 }, {}, ['due']],
  ['the last one is gone without another', { due: 5 }, {}, {}, ['due']],
  ['the last one stays', { due: 5 }, { due: 5 }, { due: 5 }, []],
  ['a frame gets its first row', {}, { stays: 2 }, { due: 5, stays: 2 }, []],
])('the last second of a sum after rows were replaced: %s', (_, removed, added, known, unknown) => {
  expect(settledAfter({ due: 5 }, { removed, added })).toEqual({ known, unknown })
})
