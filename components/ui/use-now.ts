'use client'

import { useSyncExternalStore } from 'react'

const step = 30_000
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function tell() {
  now = Date.now()
  for (const listener of listeners) listener()
}

/** One clock for all the times on a page; it stops while there is no subscriber. */
function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    now = Date.now()
    timer = setInterval(tell, step)
    document.addEventListener('visibilitychange', tell)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tell)
  }
}

/** The present to half a minute: enough for words like "3 phút trước". */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, () => now, serverNow))
}

function serverNow(): number {
  return Math.floor(Date.now() / step) * step
}
