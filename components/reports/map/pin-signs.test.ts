import { describe, expect, test } from 'vitest'
import { groupCounts } from '#server/reports/rules/map.ts'
import { pinSigns, ringParts, ringShares } from './pin-signs.ts'

test('no two deadlines share a shape, nor the line of their part of a ring', () => {
  const signs = Object.values(pinSigns)
  for (const look of [
    ({ parts }: (typeof signs)[number]) => parts.map(({ path }) => path).join(),
    ({ ring }: (typeof signs)[number]) => JSON.stringify(ring),
  ]) {
    expect(new Set(signs.map(look)).size).toBe(signs.length)
  }
})

describe('the ring of a cluster', () => {
  const shares = (...counts: number[]) => ringShares(groupCounts(counts.map((count, place) => [place, count] as const)))

  test.each([
    [[1], [20, 0, 0, 0, 0]],
    [
      [1, 1, 1, 1],
      [5, 5, 5, 5, 0],
    ],
    [
      [0, 0, 2, 0, 1],
      [0, 0, 13, 0, 7],
    ],
    [
      [1, 0, 999],
      [1, 0, 19, 0, 0],
    ],
    [
      [1, 1, 9996, 1, 1],
      [1, 1, 16, 1, 1],
    ],
  ])('of %j is divided into %j', (counts, expected) => {
    expect(shares(...counts)).toEqual(expected)
  })

  test('is always whole, and shows every deadline that is there', () => {
    for (let seed = 1; seed < 3000; seed += 1) {
      const counts = [3, 7, 11, 13, 17].map((step) => (seed * step * step) % (step * 4))
      if (counts.every((count) => count === 0)) continue
      const divided = shares(...counts)
      expect(divided.reduce((sum, share) => sum + share, 0)).toBe(ringParts)
      expect(divided.map((share) => share > 0)).toEqual(counts.map((count) => count > 0))
    }
  })
})
