'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { decide, medianSeconds, newTriageSession, show, takeBack } from './triage-session.ts'

/**
 * Counts the decisions of this sitting and the time each took. A page that is hidden takes none. Which report is before
 * the eyes is noted beside React: going on must not draw the desk twice.
 */
export function useTriageSession(currentId: number | null) {
  const triageSession = useRef(newTriageSession)
  const [counted, setCounted] = useState(newTriageSession)
  useEffect(() => {
    const look = () => {
      triageSession.current = show(triageSession.current, document.hidden ? null : currentId, performance.now())
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [currentId])
  const note = useCallback((id: number) => {
    triageSession.current = decide(triageSession.current, id, performance.now())
    setCounted(triageSession.current)
  }, [])
  const forget = useCallback((id: number) => {
    triageSession.current = takeBack(triageSession.current, id)
    setCounted(triageSession.current)
  }, [])
  return { decided: counted.took.size, median: medianSeconds(counted), note, forget }
}
