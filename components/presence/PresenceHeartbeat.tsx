'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useLiveRefresh } from '#components/live/use-live-refresh.ts'
import { useSessionEnd } from '#components/trpc/session-end.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { presenceTimes } from '#server/presence/rules/presence-times.ts'
import { askedAbout, openHere, setPresence, whenWanted } from './presence-store.ts'

/** Milliseconds. Changes at nearly the same time (a report opened, its rows gone) are sent together. */
const gather = 300
const most = 100
const signsOfLife = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/**
 * Sends a heartbeat every ten seconds with the report open in this tab, and queries in the same request who is present
 * at the reports on screen. Pauses while the tab is hidden; learns at once when others come and go.
 */
export function PresenceHeartbeat() {
  const client = useTRPCClient()
  const ended = useSessionEnd()
  const [tabId] = useState(() => crypto.randomUUID())
  const touchedAt = useRef(0)
  const sentOpen = useRef(false)

  const heartbeat = useCallback(async () => {
    const open = openHere()
    const about = askedAbout().slice(0, most)
    if (document.hidden || (!open && !sentOpen.current && about.length === 0)) return
    sentOpen.current = open !== null
    const isIdle = Date.now() - touchedAt.current > presenceTimes.idleMs
    try {
      setPresence(about, await client.presence.heartbeat.mutate({ tabId, open: open && { ...open, isIdle }, about }))
    } catch {
      // Without a connection or a session nothing is known of others; the last known presence stays until the next
      // heartbeat.
    }
  }, [client, tabId])

  useEffect(() => {
    if (ended !== null) return
    let soon: ReturnType<typeof setTimeout> | undefined
    const heartbeatSoon = () => {
      clearTimeout(soon)
      soon = setTimeout(() => void heartbeat(), gather)
    }
    const touch = () => {
      touchedAt.current = Date.now()
    }
    const leave = () => void client.presence.heartbeat.mutate({ tabId, open: null, about: [] }).catch(() => undefined)
    touch()
    heartbeatSoon()
    whenWanted(heartbeatSoon)
    const heartbeats = setInterval(() => void heartbeat(), presenceTimes.heartbeatMs)
    for (const sign of signsOfLife) window.addEventListener(sign, touch, { capture: true, passive: true })
    document.addEventListener('visibilitychange', heartbeatSoon)
    window.addEventListener('pagehide', leave)
    return () => {
      clearTimeout(soon)
      clearInterval(heartbeats)
      whenWanted(null)
      for (const sign of signsOfLife) window.removeEventListener(sign, touch, { capture: true })
      document.removeEventListener('visibilitychange', heartbeatSoon)
      window.removeEventListener('pagehide', leave)
    }
  }, [heartbeat, client, tabId, ended])

  useLiveRefresh('presence', heartbeat, {
    isRelevant: (ids) => ids === 'all' || ids.some((id) => askedAbout().includes(id)),
    everyMilliseconds: 1000,
  })
  return null
}
