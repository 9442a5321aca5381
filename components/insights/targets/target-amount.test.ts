import { expect, test } from 'vitest'
import type { KpiUnit } from '#server/insights/rules/definitions.ts'
import { amountOf, typedAmount } from './target-amount.ts'

test.each<[string, KpiUnit, number]>([
  ['80', 'share', 0.8],
  ['82,5', 'share', 0.825],
  ['12', 'working_minutes', 720],
  ['1,5', 'working_minutes', 90],
  ['1500', 'count', 1500],
])('%s as %s is %d, and back', (typed, unit, amount) => {
  expect(amountOf(typed, unit)).toBe(amount)
  expect(typedAmount(amount, unit)).toBe(typed)
})

test('empty input is no target, and words are no number', () => {
  expect(amountOf(' ', 'share')).toBeNull()
  expect(amountOf('tám mươi', 'share')).toBeNaN()
  expect(amountOf('-5', 'share')).toBeNaN()
  expect(typedAmount(null, 'share')).toBe('')
})
