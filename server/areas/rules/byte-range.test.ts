import { expect, test } from 'vitest'
import { byteRange } from './byte-range.ts'

test('one part is given, cut at the end of the file', () => {
  expect(byteRange('bytes=0-99', 1000, 500)).toEqual({ start: 0, end: 99 })
  expect(byteRange('bytes=900-1399', 1000, 500)).toEqual({ start: 900, end: 999 })
  expect(byteRange('bytes=999-999', 1000, 500)).toEqual({ start: 999, end: 999 })
  expect(byteRange('bytes=0-499', 1000, 500)).toEqual({ start: 0, end: 499 })
})

test('nothing else is: no part, an open one, several, too large a one, one behind the end', () => {
  for (const header of [undefined, '', 'bytes=0-', 'bytes=-100', 'bytes=0-1,5-6', 'items=0-1', 'bytes=5-4']) {
    expect(byteRange(header, 1000, 500), String(header)).toBeNull()
  }
  expect(byteRange('bytes=0-500', 1000, 500)).toBeNull()
  expect(byteRange('bytes=1000-1010', 1000, 500)).toBeNull()
  expect(byteRange('bytes=0-10', 0, 500)).toBeNull()
})
