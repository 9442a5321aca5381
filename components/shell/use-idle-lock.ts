'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { afterNews, type IdleNews, type Idleness, isIdle, isTouchDue } from './idle.ts'

const channelName = 'ihanoi-desk.idle'
const lookEvery = 5000
const announceEveryMilliseconds = 5000
const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const

type Options = {
  username: string
  idleMinutes: number
  /** The server has ended the session: locked regardless of input. */
  ended: boolean
  onTouch: (() => unknown) | undefined
}

/**
 * Watches input and tabs. All tabs of a browser count as one desk: activity in one keeps all open, and they lock
 * together.
 */
export function useIdleLock({ username, idleMinutes, ended, onTouch }: Options) {
  const [locked, setLocked] = useState(false)
  const state = useRef<Idleness>({ lastActive: 0, lastTouch: 0, locked: false })
  const tabs = useRef<BroadcastChannel | null>(null)
  const touch = useRef(onTouch)
  useEffect(() => {
    touch.current = onTouch
  })

  const put = useCallback((next: Idleness) => {
    state.current = next
    setLocked(next.locked)
  }, [])

  useEffect(() => {
    const channel = new BroadcastChannel(channelName)
    tabs.current = channel
    const tell = (news: IdleNews) => channel.postMessage(news)
    const start = Date.now()
    let told = start
    state.current = { ...state.current, lastActive: start, lastTouch: start }

    const live = () => {
      const now = Date.now()
      const { current } = state
      // A machine that slept past the limit wakes up locked, even if input woke it.
      if (current.locked || isIdle(current, now, idleMinutes)) return look()
      const due = isTouchDue(current, now)
      state.current = { ...current, lastActive: now, lastTouch: due ? now : current.lastTouch }
      if (due) touch.current?.()
      if (now - told < announceEveryMilliseconds) return
      told = now
      tell({ kind: 'active', username, at: now })
    }
    const look = () => {
      if (state.current.locked || !isIdle(state.current, Date.now(), idleMinutes)) return
      put({ ...state.current, locked: true })
      tell({ kind: 'locked', username })
    }
    const hear = ({ data }: MessageEvent<IdleNews>) => {
      if (data.username === username) put(afterNews(state.current, data, Date.now()))
      // Another account signed in with the same browser: this tab no longer belongs to its user.
      else if (data.kind !== 'locked') location.reload()
    }

    const timer = setInterval(look, lookEvery)
    channel.addEventListener('message', hear)
    document.addEventListener('visibilitychange', look)
    for (const sign of signsOfLife) document.addEventListener(sign, live, { capture: true, passive: true })
    return () => {
      clearInterval(timer)
      channel.close()
      document.removeEventListener('visibilitychange', look)
      for (const sign of signsOfLife) document.removeEventListener(sign, live, { capture: true })
    }
  }, [username, idleMinutes, put])

  useEffect(() => {
    if (ended) put({ ...state.current, locked: true })
  }, [ended, put])

  const unlock = useCallback(() => {
    const news: IdleNews = { kind: 'unlocked', username }
    put(afterNews(state.current, news, Date.now()))
    tabs.current?.postMessage(news)
  }, [put, username])

  return { locked, unlock }
}
