'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import {
  clearSelection,
  extendTo,
  focus,
  type ListState,
  selectAll,
  toggle,
} from '#components/reports/queue/list-state.ts'

type Row = { id: number; code: string }

/** The keys of the queue for another list: a focused row, several chosen rows, Enter opens. */
export function useRowKeys(rows: readonly Row[], active = true) {
  const router = useRouter()
  const [state, setState] = useState<ListState>({ focusedId: null, selected: new Set(), anchorId: null, frozen: null })
  const ids = rows.map(({ id }) => id)
  const at = state.focusedId === null ? -1 : ids.indexOf(state.focusedId)
  const go = (to: number, extend: boolean) => {
    const id = ids[Math.max(0, Math.min(ids.length - 1, to))]
    if (id === undefined) return false
    setState(extend ? extendTo(id, ids) : focus(id))
    document.querySelector(`[data-row="${id}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  useCommands(
    'list',
    {
      'list.next': () => go(at + 1, false),
      'list.previous': () => go(at < 0 ? 0 : at - 1, false),
      'list.extendDown': () => go(at + 1, true),
      'list.extendUp': () => go(at - 1, true),
      'list.select': () => (at < 0 ? false : setState(toggle(ids[at] as number))),
      'list.selectAll': () => setState(selectAll(ids)),
      'list.clear': () => (state.selected.size > 0 ? setState(clearSelection) : false),
      'list.open': () => (at < 0 ? false : router.push(`/reports/${rows[at]?.code}`)),
    },
    { active },
  )
  const selected = ids.filter((id) => state.selected.has(id))
  return {
    focusedId: state.focusedId,
    selected,
    /** The chosen rows, else the focused one. */
    meant: selected.length > 0 ? selected : at < 0 ? [] : [ids[at] as number],
    isSelected: (id: number) => state.selected.has(id),
    toggle: (id: number) => setState(toggle(id)),
    chooseAll: () => setState(selectAll(ids)),
    clear: () => setState(clearSelection),
  }
}
