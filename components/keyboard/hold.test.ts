import { expect, test } from 'vitest'
import { type Held, heldAfter } from './hold.ts'

const nothing: Held = { isHeld: true, typed: '' }
const after = (keys: string[]): Held =>
  keys.reduce((held, key) => heldAfter(held, key === 'Ctrl+Enter' ? { key: 'Enter', ctrlKey: true } : { key }), nothing)

test('letters, digits, spaces and signs are kept in their order', () => {
  expect(after(['h', 'o', 'a', 'n', ' ', '1', '.'])).toEqual({ isHeld: true, typed: 'hoan 1.' })
})

test('Telex is kept as its letters, with or without an input method that deletes some and inserts a vowel', () => {
  expect(after([...'ddieenj'])).toEqual({ isHeld: true, typed: 'ddieenj' })
  expect(after(['c', 'a', 'a', 'Backspace', 'Backspace', 'â', 'y'])).toEqual({ isHeld: true, typed: 'cây' })
  expect(after(['Backspace'])).toEqual(nothing)
})

test('Enter is a line break that Backspace takes back, and one that repeats by itself is none', () => {
  expect(after(['a', 'Enter', 'b'])).toEqual({ isHeld: true, typed: 'a\nb' })
  expect(after(['a', 'Enter', 'Backspace', 'b'])).toEqual({ isHeld: true, typed: 'ab' })
  expect(heldAfter(nothing, { key: 'Enter', repeat: true })).toEqual(nothing)
})

test('keys that type nothing are not kept', () => {
  const others = ['Shift', 'Control', 'Alt', 'CapsLock', 'ArrowDown', 'Tab', 'Home', 'Process', 'Dead']
  expect(after(['A', ...others, 'b'])).toEqual({ isHeld: true, typed: 'Ab' })
})

test('after Ctrl+Enter nothing more is typed', () => {
  expect(after(['a', 'Control', 'Ctrl+Enter', 'j', 'Backspace', 'Enter', 'Ctrl+Enter'])).toEqual({
    isHeld: true,
    typed: 'a',
    isSent: true,
  })
})
