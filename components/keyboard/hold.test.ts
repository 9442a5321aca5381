import { expect, test } from 'vitest'
import { type Held, heldAfter } from './hold.ts'

const nothing: Held = { isHeld: true, typed: '' }
const after = (keys: string[]): Held =>
  keys.reduce((held, key) => heldAfter(held, key === 'Ctrl+Enter' ? { key: 'Enter', ctrlKey: true } : { key }), nothing)

test('letters, digits, blanks and signs are kept in their order', () => {
  expect(after(['h', 'o', 'a', 'n', ' ', '1', '.'])).toEqual({ isHeld: true, typed: 'hoan 1.' })
})

test('a typing tool that takes letters back and hands over a vowel is followed', () => {
  expect(after(['c', 'a', 'a', 'Backspace', 'Backspace', 'â', 'y'])).toEqual({ isHeld: true, typed: 'cây' })
  expect(after(['Backspace'])).toEqual(nothing)
})

test('keys that only go with others leave the words as sure as they were', () => {
  expect(after(['Shift', 'A', 'Control', 'Alt', 'b'])).toEqual({ isHeld: true, typed: 'Ab' })
})

test('keys that do what the words do not show leave them unsure', () => {
  for (const key of ['Enter', 'Tab', 'Home', 'Process', 'Dead']) {
    expect(after(['a', key, 'b'])).toEqual({ isHeld: true, typed: 'ab', isUnsure: true })
  }
})

test('arrows are kept for the menu that they may be meant for', () => {
  expect(after(['ArrowDown', 'ArrowDown', 'ArrowUp'])).toEqual({
    isHeld: true,
    typed: '',
    isUnsure: true,
    arrows: ['ArrowDown', 'ArrowDown', 'ArrowUp'],
  })
})

test('after Ctrl+Enter nothing is typed any more', () => {
  expect(after(['a', 'Control', 'Ctrl+Enter', 'j', 'Backspace', 'Tab', 'Ctrl+Enter'])).toEqual({
    isHeld: true,
    typed: 'a',
    isSent: true,
  })
})
