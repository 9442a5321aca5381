'use client'

import { useSyncExternalStore } from 'react'

/** From here on there is room for the preview beside the list; the stylesheets say the same. */
const wide = '(min-width: 1280px)'

function subscribe(changed: () => void) {
  const query = window.matchMedia(wide)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export function useWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(wide).matches,
    () => true,
  )
}
