'use client'

import { useSyncExternalStore } from 'react'

const second = 1000

function subscribe(changed: () => void) {
  const timer = setInterval(changed, second)
  return () => clearInterval(timer)
}

/** The current time to the second; null on the server, whose clock is not that of the screen. */
export function useSeconds(): Date | null {
  const now = useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / second) * second,
    () => null,
  )
  return now === null ? null : new Date(now)
}
