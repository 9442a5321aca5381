'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo, useRef } from 'react'
import { type BoardFilters, boardAddress, parseBoard } from '#server/insights/rules/filters.ts'

/**
 * The filters are in the address, so that Back, a reload and a link restore the very same board. A change is a new
 * entry of the browser's history without a server request for the page.
 */
export function useBoardAddress() {
  const text = useSearchParams().toString()
  const filters = useMemo(() => parseBoard(Object.fromEntries(new URLSearchParams(text))), [text])
  /** How many entries this board has added to the history, to know whether Back stays on it. */
  const depth = useRef(0)
  const show = useCallback((next: BoardFilters) => {
    depth.current++
    window.history.pushState(null, '', boardAddress(next))
  }, [])
  const back = useCallback((): boolean => {
    if (depth.current === 0) return false
    depth.current--
    window.history.back()
    return true
  }, [])
  return { filters, show, back }
}
