import { expect, test } from 'vitest'
import { keyOf, keyUses, prefixOf } from './key.ts'

test('a key of one use is none of the other', () => {
  const secret = 'x'.repeat(43)
  const read = keyUses.map((use) => keyUses.map((asked) => prefixOf(keyOf('1a2b3c4d', secret, use), asked)))
  expect(read).toEqual([
    ['ihd_1a2b3c4d', null],
    [null, 'ihr_1a2b3c4d'],
  ])
  expect(prefixOf(`ihx_1a2b3c4d_${secret}`)).toBeNull()
})
