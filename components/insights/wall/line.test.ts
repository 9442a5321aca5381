import { expect, test } from 'vitest'
import { faultOf, waitAfter } from './line.ts'

test('while all is well it asks every half minute', () => {
  expect(waitAfter(0, 0.5)).toBe(30_000)
})

test('after a failure it asks soon, then less and less often, at last once a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 60].map((failures) => waitAfter(failures, 1))).toEqual([
    2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ])
})

test('walls do not reconnect all at once', () => {
  expect([waitAfter(3, 0), waitAfter(3, 0.5), waitAfter(3, 1)]).toEqual([6000, 7000, 8000])
})

test('any error that is no refusal counts as a lost connection', () => {
  expect([new TypeError('Failed to fetch'), new Error('timeout'), null].map(faultOf)).toEqual(['lost', 'lost', 'lost'])
})
