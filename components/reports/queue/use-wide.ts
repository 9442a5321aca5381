'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { isRemembered, rememberHere } from '#components/shell/cookies.ts'
import { roomCookie } from './layout-cookies.ts'

/** From this width on the preview fits beside the list; the stylesheets have the same limit. */
const wide = '(min-width: 1280px)'

function subscribe(changed: () => void) {
  const query = window.matchMedia(wide)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** Initially as the server guessed, by the last width of the window. */
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
