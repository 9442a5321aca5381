import { expect, test } from 'vitest'
import { documentDate } from './weekly-words.ts'

test.each([
  ['2024-09-07', 'vi', ['07', '9', '2024']],
  ['2024-02-07', 'vi', ['07', '02', '2024']],
  ['2024-12-17', 'vi', ['17', '12', '2024']],
  ['2024-09-07', 'en', ['07', '09', '2024']],
])('the date of a document, %s in %s', (day, locale, expected) => {
  expect(Object.values(documentDate(day, locale))).toEqual(expected)
})
