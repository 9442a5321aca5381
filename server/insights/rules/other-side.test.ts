import { expect, test } from 'vitest'
import { otherSideOf } from './other-side.ts'

test('a share leads from the numerator to the denominator and back', () => {
  expect(otherSideOf({ measure: 'handled' })).toEqual({ side: 'denominator', dataPoint: { measure: 'received' } })
  expect(otherSideOf({ measure: 'received' })).toEqual({ side: 'numerator', dataPoint: { measure: 'handled' } })
  const by = { agency: 'phuong-hoan-kiem' }
  expect(otherSideOf({ measure: 'promises_due', by })).toEqual({
    side: 'numerator',
    dataPoint: { measure: 'promises_kept', by },
  })
})

test('a count has no other side, nor has a cell that only one side can have', () => {
  expect(otherSideOf({ measure: 'backlog' })).toBeNull()
  expect(otherSideOf({ measure: 'handled_late' })).toBeNull()
  expect(otherSideOf({ measure: 'rated', by: { rating: 'satisfied' } })).toBeNull()
})
