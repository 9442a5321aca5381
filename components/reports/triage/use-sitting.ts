'use client'

import { useCallback, useEffect, useState } from 'react'
import { decide, medianSeconds, newSitting, show, takeBack } from './sitting.ts'

/** Counts the decisions of this sitting and the time each took. A page that is hidden takes none. */
export function useSitting(currentId: number | null) {
  const [sitting, setSitting] = useState(newSitting)
  useEffect(() => {
    const look = () => setSitting((before) => show(before, document.hidden ? null : currentId, performance.now()))
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [currentId])
  const note = useCallback((id: number) => {
    const at = performance.now()
    setSitting((before) => decide(before, id, at))
  }, [])
  const forget = useCallback((id: number) => setSitting((before) => takeBack(before, id)), [])
  return { decided: sitting.took.size, median: medianSeconds(sitting), note, forget }
}
