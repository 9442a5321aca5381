import { expect, test } from 'vitest'
import { holdingHalf, longWaiting, placeOfMost } from './findings.ts'

test('half of the whole is held by the fewest of the largest', () => {
  expect(holdingHalf([])).toBe(0)
  expect(holdingHalf([0, 0])).toBe(0)
  expect(holdingHalf([7])).toBe(1)
  expect(holdingHalf([1, 5, 2, 2])).toBe(1)
  expect(holdingHalf([1, 4, 2, 2])).toBe(2)
  expect(holdingHalf([1, 1, 1, 1, 1])).toBe(3)
})

test('half of a whole that is partly in none of the parts may be held by none', () => {
  expect(holdingHalf([3, 2], 10)).toBe(2)
  expect(holdingHalf([3, 2], 11)).toBe(0)
  expect([holdingHalf([], 4), holdingHalf([0], 0)]).toEqual([0, 0])
})

test('the greatest is the only one, and nothing is no greatest', () => {
  expect(placeOfMost([0, 3, 2, 1])).toBe(1)
  expect([placeOfMost([0, 3, 3, 1]), placeOfMost([]), placeOfMost([0, 0])]).toEqual([null, null, null])
})

test('long waiting begins with the eleventh working day', () => {
  const counts = [
    { bucket: '6-10', count: 4 },
    { bucket: '11-20', count: 2 },
    { bucket: '21-', count: 1 },
  ] as const
  expect(longWaiting(counts)).toBe(3)
})
