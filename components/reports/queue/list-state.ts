'use client'

import { useCallback, useState } from 'react'

/** The user's place in a list: the focused row, the selected rows, and where selecting began. */
export type ListState = {
  focusedId: number | null
  selected: ReadonlySet<number>
  anchorId: number | null
  /** Everything in the list was selected: the list at this moment, and whether it continues beyond. */
  frozen: { hasMore: boolean; asOf: Date } | null
}

const untouched: ListState = { focusedId: null, selected: new Set(), anchorId: null, frozen: null }

/** Each list remembers its own state, so that Back finds the row that was left. */
export function useListState(list: string) {
  const [states, setStates] = useState<Readonly<Record<string, ListState>>>({})
  const state = states[list] ?? untouched
  const change = useCallback(
    (next: (state: ListState) => ListState) => setStates((all) => ({ ...all, [list]: next(all[list] ?? untouched) })),
    [list],
  )
  return [state, change] as const
}

export const focus =
  (id: number | null) =>
  (state: ListState): ListState => ({ ...state, focusedId: id, anchorId: id })

export const toggle =
  (id: number) =>
  (state: ListState): ListState => {
    const selected = new Set(state.selected)
    if (!selected.delete(id)) selected.add(id)
    return { ...state, selected, anchorId: id, frozen: null }
  }

/** Selects from where choosing began to the given row, and moves the focus there. */
export const extendTo =
  (id: number, ids: readonly number[]) =>
  (state: ListState): ListState => {
    const from = ids.indexOf(state.anchorId ?? state.focusedId ?? id)
    const to = ids.indexOf(id)
    if (from < 0 || to < 0) return state
    const between = ids.slice(Math.min(from, to), Math.max(from, to) + 1)
    return {
      focusedId: id,
      anchorId: ids[from] ?? id,
      selected: new Set([...state.selected, ...between]),
      frozen: null,
    }
  }

export const selectAll =
  (ids: readonly number[], frozen: ListState['frozen'] = null) =>
  (state: ListState): ListState => ({
    ...state,
    selected: new Set(ids),
    frozen,
  })

export const clearSelection = (state: ListState): ListState => ({
  ...state,
  selected: new Set(),
  anchorId: null,
  frozen: null,
})
