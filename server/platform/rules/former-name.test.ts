import { expect, test } from 'vitest'
import { asOffered, withFormerName } from './former-name.ts'

test('a value is sent under both names, and the row itself is left alone', () => {
  const row = { clusters: [1] }
  expect(withFormerName(row, 'heaps', row.clusters)).toEqual({ clusters: [1], heaps: [1] })
  expect(row).toEqual({ clusters: [1] })
})

test.each([null, 'forbidden'])('an offered move with the refusal reason %s can be read as before', (refusalReason) => {
  expect(asOffered({ refusalReason })).toEqual({ refusalReason, obstacle: refusalReason })
})
