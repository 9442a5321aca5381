'use client'

import { useEffect, useRef } from 'react'
import type { LiveKind } from '#server/platform/rules/announcement.ts'
import { type LiveIds, useLive } from './live.ts'

type Options<Kind extends LiveKind> = {
  /** Whether these ids can affect what is on screen. */
  isRelevant?: (ids: LiveIds<Kind>) => boolean
  /** The minimum interval between refreshes. */
  everyMilliseconds: number
}

/** Milliseconds. All tabs learn of a change at the same instant: their queries are spread over this span. */
const spread = 1000

/**
 * Refreshes when something of a kind changed: soon after the first announcement, and once for all that follow within
 * the interval. A tab in the background waits until it is visible.
 */
export function useLiveRefresh<Kind extends LiveKind>(
  kind: Kind,
  refresh: (announcedAt: number) => unknown,
  { isRelevant = () => true, everyMilliseconds }: Options<Kind>,
): void {
  const latest = useRef(refresh)
  const asking = useRef({
    lastAt: Number.NEGATIVE_INFINITY,
    announcedAt: 0,
    isDue: false,
    timer: undefined as number | undefined,
  })
  useEffect(() => {
    latest.current = refresh
  })

  const ask = () => {
    const state = asking.current
    state.timer = undefined
    state.isDue = document.hidden
    if (state.isDue) return
    state.lastAt = performance.now()
    void latest.current(state.announcedAt)
  }
  useLive(kind, (ids) => {
    const state = asking.current
    if (!isRelevant(ids)) return
    state.announcedAt = Date.now()
    if (state.timer !== undefined) return
    const wait = Math.max(0, state.lastAt + everyMilliseconds - performance.now())
    state.timer = window.setTimeout(ask, wait + Math.random() * spread)
  })

  useEffect(() => {
    const state = asking.current
    const onVisible = () => {
      if (document.hidden || !state.isDue) return
      state.isDue = false
      state.lastAt = performance.now()
      void latest.current(state.announcedAt)
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      document.removeEventListener('visibilitychange', onVisible)
      window.clearTimeout(state.timer)
      state.timer = undefined
    }
  }, [])
}
