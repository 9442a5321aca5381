'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { isRemembered, rememberHere } from '#components/shell/cookies.ts'
import { roomCookie } from './layout-cookies.ts'

/** From here on there is room for the preview beside the list; the stylesheets say the same. */
const wide = '(min-width: 1280px)'

function subscribe(changed: () => void) {
  const query = window.matchMedia(wide)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** As the server guessed at first, by what the window was the last time. */
export function useWide(guessed: boolean): boolean {
  const isWide = useSyncExternalStore(
    subscribe,
    () => window.matchMedia(wide).matches,
    () => guessed,
  )
  useEffect(() => {
    if (isWide !== guessed || isRemembered(roomCookie)) rememberHere(roomCookie, isWide ? 'wide' : 'narrow')
  }, [isWide, guessed])
  return isWide
}
