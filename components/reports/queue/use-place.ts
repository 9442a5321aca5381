'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { focus, type ListState } from './list-state.ts'
import type { QueueTableHandle } from './QueueTable.tsx'
import type { QueueListData } from './use-queue-list.ts'

/** Where the user was in a list; kept in this tab for a reload. */
type Place = { list: string; focusedId: number | null; rows: number; top: number; hadFocus: boolean }

const storageKey = 'queue-place'
/** Rows that are loaded again at most. */
const mostRows = 500

let isFirst = true

/** The place in this list before the page was reloaded; any other way to the list begins at its top. */
function placeBefore(list: string): Place | null {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (!isFirst || navigation?.type !== 'reload') return null
  try {
    const place: Place | null = JSON.parse(window.sessionStorage.getItem(storageKey) ?? 'null')
    return place?.list === list ? place : null
  } catch {
    return null
  }
}

type Desk = {
  /** Identifies the list. */
  list: string
  data: QueueListData
  focusedId: number | null
  table: RefObject<QueueTableHandle | null>
  change: (next: (state: ListState) => ListState) => void
}

/** A reload keeps the place: as many rows, the scroll position, the focused row and the focus. */
export function usePlace({ list, data, focusedId, table, change }: Desk): void {
  const { rows, hasMore, isLoadingMore, moreFailed, loadMore } = data
  const [pending, setPending] = useState<Place | null>(null)

  const latest = useRef({ list, focusedId, rows: rows.length })
  useEffect(() => {
    latest.current = { list, focusedId, rows: rows.length }
  })
  useEffect(() => {
    setPending(placeBefore(latest.current.list))
    isFirst = false
    const keep = () => {
      const seen = table.current?.place() ?? { top: 0, hadFocus: false }
      try {
        window.sessionStorage.setItem(storageKey, JSON.stringify({ ...latest.current, ...seen }))
      } catch {
        // The browser stores nothing: a reload begins at the top.
      }
    }
    window.addEventListener('pagehide', keep)
    return () => window.removeEventListener('pagehide', keep)
  }, [table])

  useEffect(() => {
    if (!pending) return
    const isComing = hasMore && !moreFailed && rows.length < Math.min(pending.rows, mostRows)
    if (pending.list === list && isComing) {
      if (!isLoadingMore) void loadMore()
      return
    }
    setPending(null)
    if (pending.list !== list || !rows.some(({ id }) => id === pending.focusedId)) return
    change(focus(pending.focusedId))
    table.current?.scrollTo(pending.top)
    if (pending.hadFocus && document.activeElement === document.body) table.current?.focus()
  }, [pending, list, rows, hasMore, isLoadingMore, moreFailed, loadMore, change, table])
}
