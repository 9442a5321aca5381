import { useEffect, useRef } from 'react'
import type { AlertEnding } from '#server/bulletins/rules/alert.ts'

/** Opens the question how an alert ends, where the address asks for it: once, so that a reload does not ask again. */
export function useAskedEnding(ending: AlertEnding | null, ask: (ending: AlertEnding) => void): void {
  const isAsked = useRef(false)
  useEffect(() => {
    if (!ending || isAsked.current) return
    isAsked.current = true
    window.history.replaceState(null, '', window.location.pathname)
    ask(ending)
  }, [ending, ask])
}
