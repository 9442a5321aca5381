'use client'

import { useSyncExternalStore } from 'react'

/** From here on there is room for the preview beside the list; the stylesheet says the same. */
const roomy = '(min-width: 1280px)'

function subscribe(changed: () => void) {
  const query = window.matchMedia(roomy)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export function useRoomy(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(roomy).matches,
    () => true,
  )
}
