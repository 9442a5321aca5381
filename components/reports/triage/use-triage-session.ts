'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { decide, medianSeconds, newSitting, show, takeBack } from './triage-session.ts'

/**
 * Counts the decisions of this sitting and the time each took. A page that is hidden takes none. Which report is before the eyes is
 * noted beside React: going on must not draw the desk twice.
 */
export function useSitting(currentId: number | null) {
  const sitting = useRef(newSitting)
  const [counted, setCounted] = useState(newSitting)
  useEffect(() => {
    const look = () => {
      sitting.current = show(sitting.current, document.hidden ? null : currentId, performance.now())
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [currentId])
  const note = useCallback((id: number) => {
    sitting.current = decide(sitting.current, id, performance.now())
    setCounted(sitting.current)
  }, [])
  const forget = useCallback((id: number) => {
    sitting.current = takeBack(sitting.current, id)
    setCounted(sitting.current)
  }, [])
  return { decided: counted.took.size, median: medianSeconds(counted), note, forget }
}
