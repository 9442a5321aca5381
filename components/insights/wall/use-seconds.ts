'use client'

import { useSyncExternalStore } from 'react'

const second = 1000

function subscribe(changed: () => void) {
  const timer = setInterval(changed, second)
  return () => clearInterval(timer)
}

/** The present to the second; null on the server, whose clock is not the wall's. */
export function useSeconds(): Date | null {
  const now = useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / second) * second,
    () => null,
  )
  return now === null ? null : new Date(now)
}
