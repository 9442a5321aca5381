import { expect, test } from 'vitest'
import { clearSelection, extendTo, focus, type ListState, selectAll, toggle } from './list-state.ts'

const ids = [1, 2, 3, 4, 5]
const start: ListState = { focusedId: null, selected: new Set(), anchorId: null, frozen: null }
const chosen = ({ selected }: ListState) => [...selected].sort()

test('x selects a row and deselects it', () => {
  expect(chosen(toggle(2)(start))).toEqual([2])
  expect(chosen(toggle(2)(toggle(2)(start)))).toEqual([])
})

test('Shift with j and k selects from where selecting began, both ways', () => {
  const down = extendTo(4, ids)(extendTo(3, ids)(focus(2)(start)))
  expect(chosen(down)).toEqual([2, 3, 4])
  expect(down.focusedId).toBe(4)
  expect(chosen(extendTo(1, ids)(focus(2)(start)))).toEqual([1, 2])
})

test('a row that is no longer loaded extends nothing', () => {
  const state = focus(9)(start)
  expect(extendTo(3, ids)(state)).toBe(state)
})

test('all may be selected, and none', () => {
  expect(chosen(selectAll(ids)(start))).toEqual(ids)
  expect(chosen(clearSelection(selectAll(ids)(start)))).toEqual([])
})
