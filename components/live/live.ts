'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { LiveMessage } from '#server/live/rules/message.ts'
import type { LiveKind, LiveSubjects } from '#server/platform/rules/announcement.ts'

/** `all`: more than could be named, or something may have been missed. */
export type LiveIds<Kind extends LiveKind> = readonly LiveSubjects[Kind][] | 'all'
type Handler = (ids: LiveIds<LiveKind>) => void

const handlers = new Map<LiveKind, Set<Handler>>()
let isLive = false
const watchers = new Set<() => void>()

/**
 * `useLive('report', (ids) => ...)`: called when colleagues, jobs or other tabs changed something of this kind that the
 * account may see. It carries only ids: query the server for what is on screen. Screens with many readers use
 * `useLiveRefresh`, which delays and batches. While the stream is down nothing is called; `useIsLive` says so, and the
 * screen polls instead.
 */
export function useLive<Kind extends LiveKind>(kind: Kind, handler: (ids: LiveIds<Kind>) => void): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => {
    const of = handlers.get(kind) ?? new Set()
    handlers.set(kind, of)
    const call: Handler = (ids) => latest.current(ids as LiveIds<Kind>)
    of.add(call)
    return () => void of.delete(call)
  }, [kind])
}

/** Whether changes are announced live; otherwise a screen polls. */
export function useIsLive(): boolean {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    () => isLive,
    () => false,
  )
}

/** Called by the connection of this tab. */
export function deliverMessage(message: LiveMessage): void {
  if (message.kind === 'catch_up') {
    for (const of of handlers.values()) for (const handler of of) handler('all')
    return
  }
  for (const handler of handlers.get(message.kind) ?? []) handler(message.ids ?? 'all')
}

/** Called by the connection of this tab. */
export function setIsLive(next: boolean): void {
  if (next === isLive) return
  isLive = next
  for (const changed of watchers) changed()
}
