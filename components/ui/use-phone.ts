'use client'

import { useSyncExternalStore } from 'react'

/** The width below which the rail moves down and sheets come from below; the stylesheets have the same limit. */
const phone = '(max-width: 700px)'

function subscribe(changed: () => void) {
  const query = window.matchMedia(phone)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export function usePhone(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(phone).matches,
    () => false,
  )
}
