'use client'

import { useEffect, useState } from 'react'

/** In milliseconds: long enough to see what changed, short enough to see it as a course. */
const pace = 450

/** A course that plays from step to step and stops at its end. At the end it stays there when the course grows. */
export function usePlaying(steps: number) {
  const last = Math.max(0, steps - 1)
  /** Null: at the end. */
  const [place, setPlace] = useState<number | null>(null)
  const [isPlaying, setPlaying] = useState(false)
  const isRunning = isPlaying && place !== null
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => setPlace((at) => (at === null || at + 1 >= last ? null : at + 1)), pace)
    return () => clearInterval(timer)
  }, [isRunning, last])

  const at = Math.min(place ?? last, last)
  const within = (next: number) => (next >= last ? null : Math.max(0, next))
  const goTo = (next: number) => {
    setPlaying(false)
    setPlace(within(next))
  }
  /** From the current position at that time: keys come faster than renders. */
  const stepBy = (steps: number) => {
    setPlaying(false)
    setPlace((place) => within((place ?? last) + steps))
  }
  return {
    at,
    last,
    isPlaying: isRunning,
    goTo,
    stepBy,
    /** From the start, if it has reached its end. */
    toggle() {
      if (isRunning) return setPlaying(false)
      if (place === null) setPlace(0)
      setPlaying(true)
    },
  }
}

export type Playing = ReturnType<typeof usePlaying>
