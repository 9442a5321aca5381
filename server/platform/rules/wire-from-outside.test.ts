import { expect, test } from 'vitest'
import { wire } from './wire.ts'
import { readFromOutside } from './wire-from-outside.ts'

test('what the browser sends is read back unchanged', () => {
  const sent = { since: new Date('2026-03-02T03:00:00Z'), end: undefined, ids: [1, 2], words: 'cây đổ', point: null }
  expect(readFromOutside(wire.serialize(sent))).toEqual(sent)
})

test('a few characters cannot expand to an enormous list', () => {
  expect(() => readFromOutside('[{"states":1},[-7,4294967295]]')).toThrow('a list with holes')
})

const inputs: [string, string][] = [
  ['a number of 900,000 digits', `[["BigInt","${'9'.repeat(900_000)}"]]`],
  ['the same under another spelling', `[["\\u0042igInt","${'9'.repeat(900_000)}"]]`],
  ['a pattern', '[["RegExp","(a+)+$",""]]'],
  ['bytes', '[["Uint8Array",1],["ArrayBuffer","AAAA"]]'],
  ['a list that holds itself', '[[0]]'],
  ['two that hold each other', '[{"a":1},{"b":0}]'],
  [
    'thirty lists, each of which holds the next twice',
    `[${Array.from({ length: 30 }, (_, n) => `[${n + 1},${n + 1}]`)},1]`,
  ],
  ['a hundred thousand lists in each other', `[${Array.from({ length: 100_000 }, (_, n) => `[${n + 1}]`)},1]`],
  ['a list of a million', `[[${Array.from({ length: 400_000 }, () => '1')}],7]`],
  ['a date that is none', `[["Date","${'1'.repeat(1000)}"]]`],
]

test.for(inputs)('%s is refused', ([, text]) => {
  expect(() => readFromOutside(text)).toThrow(TypeError)
})

test('a value referenced twice in one input counts twice, and is allowed', () => {
  const agency = { id: 'a1', since: new Date('2026-03-02T03:00:00Z') }
  const sent = { from: agency, to: agency, ids: Array.from({ length: 5000 }, (_, id) => id) }
  expect(readFromOutside(wire.serialize(sent))).toEqual(sent)
})
