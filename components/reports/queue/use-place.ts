'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { keepPlace, type Place, takePlace } from './kept-place.ts'
import { focus, type ListState } from './list-state.ts'
import type { QueueTableHandle } from './QueueTable.tsx'
import type { QueueListData } from './use-queue-list.ts'

/** Rows that are loaded again at most. */
const mostRows = 500
/** Events that show that the user has taken over. */
const ownWays = ['keydown', 'pointerdown', 'wheel'] as const

export type PlaceHandle = Pick<QueueTableHandle, 'scrollTo' | 'place'>

type Desk = {
  accountId: string
  /** Identifies the list. */
  list: string
  data: QueueListData
  /** The row that the user has focused. */
  focusedId: number | null
  phone: boolean
  table: RefObject<QueueTableHandle | null>
  /** On a phone instead of the table; null until their code has loaded. */
  cards: PlaceHandle | null
  change: (next: (state: ListState) => ListState) => void
}

/** A reload keeps the place: as many rows, the scroll position, the focused row and the focus. */
export function usePlace({ accountId, list, data, focusedId, phone, table, cards, change }: Desk): void {
  const { rows, hasMore, isLoadingMore, moreFailed, loadMore } = data
  const [pending, setPending] = useState<{ list: string; place: Place } | null>(null)

  const placeNow = (): Place => {
    const shown = phone ? cards : table.current
    return pending?.place ?? { focusedId, rows: rows.length, ...(shown?.place() ?? { position: 0, hadFocus: false }) }
  }
  const latest = useRef({ list, placeNow })
  useEffect(() => {
    latest.current = { list, placeNow }
  })
  useEffect(() => {
    const place = takePlace(accountId)
    if (place) setPending({ list: latest.current.list, place })
    const keep = () => keepPlace(accountId, latest.current.placeNow())
    window.addEventListener('pagehide', keep)
    return () => window.removeEventListener('pagehide', keep)
  }, [accountId])

  useEffect(() => {
    if (!pending) return
    const drop = () => setPending(null)
    for (const way of ownWays) window.addEventListener(way, drop, { capture: true, passive: true })
    return () => {
      for (const way of ownWays) window.removeEventListener(way, drop, { capture: true })
    }
  }, [pending])

  useEffect(() => {
    if (!pending) return
    const { list: of, place } = pending
    // A key pressed before the page responded has moved on as well.
    const hasMoved = of !== list || focusedId !== null
    if (!hasMoved && hasMore && !moreFailed && rows.length < Math.min(place.rows, mostRows)) {
      if (!isLoadingMore) void loadMore()
      return
    }
    const shown = phone ? cards : table.current
    if (!hasMoved && !shown && rows.length > 0) return
    setPending(null)
    if (hasMoved) return
    if (rows.some(({ id }) => id === place.focusedId)) change(focus(place.focusedId))
    shown?.scrollTo(place.position)
    if (place.hadFocus && document.activeElement === document.body) table.current?.focus()
  }, [pending, list, rows, hasMore, isLoadingMore, moreFailed, focusedId, phone, cards, loadMore, change, table])
}
