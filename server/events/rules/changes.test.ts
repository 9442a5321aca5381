import { expect, test } from 'vitest'
import { canonical, changesBetween, changesFromNothing, isUnchanged } from './changes.ts'

test('only fields that differ are changes', () => {
  const before = { name: 'Cây đổ', minutes: 240, startsAt: new Date('2024-09-07T00:00:00Z'), areaIds: [1, 2] }
  const after = { name: 'Cây gãy, đổ', minutes: 240, startsAt: new Date('2024-09-07T00:00:00Z'), areaIds: [1, 2] }
  expect(changesBetween(before, after)).toEqual({ name: ['Cây đổ', 'Cây gãy, đổ'] })
})

test('a field that is not given is no change', () => {
  expect(isUnchanged(changesBetween({ name: 'a', note: 'b' }, { name: 'a' }))).toBe(true)
})

test('null and an empty value are different', () => {
  expect(changesBetween({ note: null }, { note: '' })).toEqual({ note: [null, ''] })
})

test('the order of keys does not matter, the order of lists does', () => {
  expect(canonical({ b: 1, a: { d: [2, 1], c: null } })).toBe('{"a":{"c":null,"d":[2,1]},"b":1}')
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]))
})

test('something new is a change from null', () => {
  expect(changesFromNothing({ name: 'Bão số 3', note: null })).toEqual({ name: [null, 'Bão số 3'] })
})
