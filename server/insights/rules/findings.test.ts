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

test('the greatest is the first of those that are equal, and nothing is no greatest', () => {
  expect(placeOfMost([0, 3, 3, 1])).toBe(1)
  expect([placeOfMost([]), placeOfMost([0, 0])]).toEqual([null, null])
})

test('long waiting begins with the eleventh working day', () => {
  const counts = [
    { bucket: '6-10', count: 4 },
    { bucket: '11-20', count: 2 },
    { bucket: '21-', count: 1 },
  ] as const
  expect(longWaiting(counts)).toBe(3)
})
