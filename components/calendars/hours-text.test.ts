import { expect, test } from 'vitest'
import { hoursText, minutesOf } from './hours-text.ts'

test.each([
  ['4', 240],
  ['2,5', 150],
  ['2.5', 150],
  ['0,25', 15],
  [' 40 ', 2400],
  ['2:30', 150],
])('%s hours are %d minutes', (text, minutes) => {
  expect(minutesOf(text)).toBe(minutes)
})

test.each(['', 'bốn', '-1', '1.234,5', '2:75', '4h'])('"%s" is not a number of hours', (text) => {
  expect(minutesOf(text)).toBeNaN()
})

test('minutes round-trip as they were typed', () => {
  expect(hoursText(150, 'vi')).toBe('2,5')
  expect(hoursText(150, 'en')).toBe('2.5')
  expect(minutesOf(hoursText(485, 'vi'))).toBe(485)
})
