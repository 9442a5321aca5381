'use client'

import { useSyncExternalStore } from 'react'

let isPreparing = false

/**
 * A print that begins is told twice: before the sheet is measured, and when its style holds. Only the first is early
 * enough.
 */
function subscribe(changed: () => void) {
  const query = window.matchMedia('print')
  const set = (preparing: boolean) => () => {
    isPreparing = preparing
    changed()
  }
  const [begin, end] = [set(true), set(false)]
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', end)
  query.addEventListener('change', changed)
  return () => {
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
    query.removeEventListener('change', changed)
  }
}

/**
 * On paper a long table shows so many rows and says how many more there are, unless all were on screen: a board is no
 * telephone book.
 */
export const mostOnPaper = 40

/** Whether the page is being laid out for paper. What only paper needs is made only then. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isPreparing || window.matchMedia('print').matches,
    () => false,
  )
}
