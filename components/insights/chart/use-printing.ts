'use client'

import { useSyncExternalStore } from 'react'

function subscribe(changed: () => void) {
  const query = window.matchMedia('print')
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Whether the page is being laid out for paper. What only paper needs is made only then. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia('print').matches,
    () => false,
  )
}
