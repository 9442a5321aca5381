import { useEffect, useRef } from 'react'
import type { AlertEnding } from '#server/bulletins/rules/alert.ts'

/**
 * Opens the dialog for ending an alert where the address requests it: once, so that a reload does not open it again.
 */
export function useAskedEnding(ending: AlertEnding | null, ask: (ending: AlertEnding) => void): void {
  const isAsked = useRef(false)
  useEffect(() => {
    if (!ending || isAsked.current) return
    isAsked.current = true
    window.history.replaceState(null, '', window.location.pathname)
    ask(ending)
  }, [ending, ask])
}
