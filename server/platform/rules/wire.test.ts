import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wire } from './wire.ts'
import { packed } from './wire-packing.ts'

const throughJson = (write: (value: unknown) => unknown, value: unknown) =>
  wire.deserialize(JSON.parse(JSON.stringify(write(value))))

const scalar = fc.oneof(
  fc.string(),
  fc.constantFrom('~', '~~', '~u', '~t', '~d', 'a', 'b'),
  fc.double().filter((value) => !Object.is(value, -0)),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.date(),
)
const record = fc.record({ id: scalar, name: scalar, at: fc.option(fc.record({ lon: scalar, lat: scalar })) })
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('any')),
    fc.array(scalar.map((one) => [one, one, one, one]).chain((same) => fc.shuffledSubarray(same))),
    fc.array(fc.option(record)),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('any'),
    ),
  ),
})).any

test.for([
  ['serialised', wire.serialize],
  ['packed', packed],
] as const)('every value that is %s is read back unchanged', ([, write]) => {
  fc.assert(
    fc.property(value, (sent) => {
      expect(throughJson(write, sent)).toEqual(sent)
    }),
  )
})

test('rows of a list are packed: keys once, a value that occurs often once, and rows may be missing', () => {
  const place = { name: 'P. Hoàn Kiếm' }
  const rows = Array.from({ length: 6 }, (_, id) => ({ id, state: id < 3 ? 'open' : 'closed', agency: 'CVCX', place }))
  const list = [...rows, null]
  expect(packed(list)).toEqual([
    '~t',
    ['id', 'state', 'agency', 'place'],
    [
      [0, 1, 2, 3, 4, 5],
      ['~r', ['open', 'closed'], [0, 0, 0, 1, 1, 1]],
      ['~=', 'CVCX', 6],
      ['~=', { name: 'P. Hoàn Kiếm' }, 6],
    ],
    [6],
  ])
  expect(wire.deserialize(packed(list))).toEqual(list)
})

test('what JSON cannot express and no screen needs is not sent', () => {
  expect(() => wire.serialize({ rows: new Map() })).toThrow(TypeError)
  expect(() => packed([1n, 2n])).toThrow(TypeError)
})
