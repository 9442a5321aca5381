import { expect, test } from 'vitest'
import { type Held, heldAfter } from './hold.ts'

const nothing: Held = { isHeld: true, typed: '' }
const after = (keys: string[]): Held =>
  keys.reduce((held, key) => heldAfter(held, key === 'Ctrl+Enter' ? { key: 'Enter', ctrlKey: true } : { key }), nothing)

test('letters, digits, spaces and signs are kept in their order', () => {
  expect(after(['h', 'o', 'a', 'n', ' ', '1', '.'])).toEqual({ isHeld: true, typed: 'hoan 1.' })
})

test('an input method that deletes letters and inserts a vowel is followed', () => {
  expect(after(['c', 'a', 'a', 'Backspace', 'Backspace', 'â', 'y'])).toEqual({ isHeld: true, typed: 'cây' })
  expect(after(['Backspace'])).toEqual(nothing)
})

test('modifier keys leave the text certain', () => {
  expect(after(['Shift', 'A', 'Control', 'Alt', 'b'])).toEqual({ isHeld: true, typed: 'Ab' })
})

test('keys whose effect the text does not show make it uncertain', () => {
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

test('after Ctrl+Enter nothing more is typed', () => {
  expect(after(['a', 'Control', 'Ctrl+Enter', 'j', 'Backspace', 'Tab', 'Ctrl+Enter'])).toEqual({
    isHeld: true,
    typed: 'a',
    isSent: true,
  })
})
