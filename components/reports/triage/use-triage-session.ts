'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { decide, medianSeconds, newTriageSession, show, takeBack } from './triage-session.ts'

/**
 * Counts the decisions of this session and the time each took. A hidden page counts no time. Which report is shown is
 * stored outside of React state: moving on must not render the desk twice.
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
