import { expect, test } from 'vitest'
import { wire } from './wire.ts'
import { readFromOutside } from './wire-from-outside.ts'

test('what the browser sends is read back unchanged', () => {
  const sent = { since: new Date('2026-03-02T03:00:00Z'), end: undefined, ids: [1, 2], words: 'cây đổ', point: null }
  expect(readFromOutside(wire.serialize(sent))).toEqual(sent)
})

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`)

const inputs: [string, unknown][] = [
  ['one value written a billion times', ['~=', 'a', 1e9]],
  ['the same within an object', { ids: ['~=', 1, 1e9] }],
  ['a list of a million places of one text', ['~r', ['x'.repeat(1000)], Array.from({ length: 50_000 }, () => 0)]],
  ['a table', ['~t', ['a'], [['~=', 1, 1e9]]]],
  ['a hundred thousand lists in each other', nested(100_000)],
  ['a list of a million', Array.from({ length: 1_000_000 }, () => 1)],
  ['the prototype of all objects', JSON.parse('{"__proto__":{"isAdmin":true}}')],
  ['a kind of value that does not exist', '~x1'],
]

test.for(inputs)('%s is refused', ([, sent]) => {
  expect(() => readFromOutside(sent)).toThrow(TypeError)
})

test('a date that is none is read as an invalid one, which every schema refuses', () => {
  expect(Number.isNaN(Number(readFromOutside('~d')))).toBe(true)
  expect(Number.isNaN(Number(readFromOutside(`~d${'z'.repeat(1000)}`)))).toBe(true)
})
