'use client'

import { useCallback, useMemo, useSyncExternalStore } from 'react'

/** The version of each report that this account last opened on this machine: `{ [id]: version }`, oldest first. */
type Seen = Readonly<Record<string, number>>

const nothing: Seen = {}
const most = 3000
const listeners = new Set<() => void>()
const known = new Map<string, { text: string | null; seen: Seen }>()

const keyOf = (accountId: string) => `seen:${accountId}`

function read(accountId: string): Seen {
  const text = localStorage.getItem(keyOf(accountId))
  const cached = known.get(accountId)
  if (cached && cached.text === text) return cached.seen
  const seen = text ? parse(text) : nothing
  known.set(accountId, { text, seen })
  return seen
}

function parse(text: string): Seen {
  try {
    return Object.fromEntries(JSON.parse(text) as [string, number][])
  } catch {
    return nothing
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** Unread titles are bold, and a report changed since it was opened has a dot. */
export function useSeen(accountId: string) {
  const seen = useSyncExternalStore(
    subscribe,
    () => read(accountId),
    () => nothing,
  )
  const see = useCallback(
    (id: number, version: number) => {
      const before = read(accountId)
      if (before[id] === version) return
      const { [id]: _, ...others } = before
      const entries: [string, number][] = [...Object.entries(others), [String(id), version]]
      try {
        localStorage.setItem(keyOf(accountId), JSON.stringify(entries.slice(-most)))
      } catch {
        return
      }
      for (const listener of listeners) listener()
    },
    [accountId],
  )
  return useMemo(() => ({ seen, see }), [seen, see])
}
