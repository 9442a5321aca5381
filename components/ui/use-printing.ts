'use client'

import { useSyncExternalStore } from 'react'

let isPreparing = false

/**
 * The start of printing is signalled twice: before the sheet is measured, and when its style applies. Only the first is
 * early enough.
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

/** Whether the page is being laid out for print. What only print needs is rendered only then. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isPreparing || window.matchMedia('print').matches,
    () => false,
  )
}
