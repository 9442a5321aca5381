import { expect, test } from 'vitest'
import { restAfter } from './rest-after.ts'

test.each([
  ['', 'Điều hai xe', 'Điều hai xe'],
  ['thêm máy bơm', 'Điều hai xe thêm máy bơm', 'Điều hai xe'],
  ['Viết lại từ đầu', 'Viết lại từ đầu', 'Điều hai xe'],
])('%j stays', (rest, typed, sent) => {
  expect(restAfter(typed, sent)).toBe(rest)
})
