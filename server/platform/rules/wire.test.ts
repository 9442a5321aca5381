import { expect, test } from 'vitest'
import { readFromOutside, wire } from './wire.ts'

test('what the browser sends arrives as what it was', () => {
  const sent = { since: new Date('2026-03-02T03:00:00Z'), end: undefined, ids: [1, 2], words: 'cây đổ', point: null }
  expect(readFromOutside(wire.serialize(sent))).toEqual(sent)
})

test('a few letters do not stand for a list that nobody could look through', () => {
  expect(() => readFromOutside('[{"states":1},[-7,4294967295]]')).toThrow('a list with holes')
})
