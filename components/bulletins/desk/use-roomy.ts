'use client'

import { useSyncExternalStore } from 'react'

/** From this width on the preview fits beside the list; the stylesheet has the same limit. */
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
