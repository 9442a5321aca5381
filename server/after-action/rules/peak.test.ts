import { expect, test } from 'vitest'
import { peakOf } from './peak.ts'

const at = (hour: number) => new Date(Date.UTC(2024, 8, 7, hour))
const changes = (...steps: [hour: number, change: number][]) =>
  steps.map(([hour, change]) => ({ at: at(hour), change }))

test('the peak is the maximum number open at once, at the first moment it was reached', () => {
  expect(peakOf(changes([1, 1], [2, 1], [3, -1], [4, 1], [5, 1], [6, -1], [7, 1]))).toEqual({ open: 3, at: at(5) })
})

test('a report that opens as another closes makes no peak', () => {
  expect(peakOf(changes([1, 1], [2, 1], [2, -1], [3, -1]))).toEqual({ open: 1, at: at(1) })
})

test('without reports there is none', () => {
  expect(peakOf([])).toBeNull()
})
