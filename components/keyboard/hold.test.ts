import { expect, test } from 'vitest'
import { typedAfter } from './hold.ts'

const typing = (keys: string[]) => keys.reduce((typed, key) => typedAfter(typed, { key }) ?? typed, '')

test('letters, digits, blanks and signs are kept in their order', () => {
  expect(typing(['h', 'o', 'a', 'n', ' ', '1', '.'])).toBe('hoan 1.')
})

test('a typing tool that takes letters back and hands over a vowel is followed', () => {
  expect(typing(['c', 'a', 'a', 'Backspace', 'Backspace', 'â', 'y'])).toBe('cây')
})

test('keys that print nothing leave the words alone', () => {
  expect(typing(['a', 'Shift', 'ArrowLeft', 'Tab', 'Enter', 'F5', 'b'])).toBe('ab')
  expect(typedAfter('', { key: 'Backspace' })).toBe('')
})
