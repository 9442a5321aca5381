'use client'

import { useSyncExternalStore } from 'react'

/** The width from which deciding happens beside the report; the stylesheets have the same limit. */
const side = '(min-width: 1280px)'

function subscribe(changed: () => void) {
  const query = window.matchMedia(side)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export function useHasSide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(side).matches,
    () => true,
  )
}
