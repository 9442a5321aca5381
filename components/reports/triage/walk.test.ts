import { expect, test } from 'vitest'
import { afterThis, beforeThis, between, stillToCome } from './walk.ts'

const rows = [1, 2, 3, 4].map((id) => ({ id }))
const all = () => true
const idOf = (row: { id: number } | null) => row?.id ?? null

test('after the last report those that were postponed come again', () => {
  expect(idOf(afterThis(rows, 2, all))).toBe(3)
  expect(idOf(afterThis(rows, 4, ({ id }) => id === 2))).toBe(2)
  expect(idOf(afterThis(rows, 4, ({ id }) => id === 4))).toBeNull()
  expect(idOf(afterThis(rows, null, all))).toBe(1)
})

test('postponed reports are not still to come', () => {
  expect(stillToCome(rows, 2, all)).toBe(2)
  expect(stillToCome(rows, 4, all)).toBe(0)
  expect(stillToCome(rows, null, ({ id }) => id !== 3)).toBe(3)
})

test('before the first there is nothing', () => {
  expect(idOf(beforeThis(rows, 3, ({ id }) => id !== 2))).toBe(1)
  expect(idOf(beforeThis(rows, 1, all))).toBeNull()
})

test('what is skipped is what is between, and nothing on the way back', () => {
  expect(between(rows, 1, 4).map(({ id }) => id)).toEqual([2, 3])
  expect(between(rows, 3, 1)).toEqual([])
  expect(between(rows, 3, null).map(({ id }) => id)).toEqual([4])
})
