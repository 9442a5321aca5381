'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Scope } from './commands.ts'
import { useCommands, useKeyboard } from './KeyboardProvider.tsx'

/** Scopes that may act on the row that a step leads to. */
const ofRows: readonly Scope[] = ['list', 'row', 'report', 'review']

type Options = {
  /** Identifies the list and the row that the step starts from. */
  from: string
  /** Whether the next row is loaded. */
  isThere: boolean
  /** Whether the next row is being loaded. */
  isComing: boolean
  onThere: (extend: boolean) => void
  /** The step could not be taken: the row it waited for does not come. */
  onGone?: () => void
}

/**
 * A step past the loaded rows is taken once the next rows have loaded, and what is pressed after it waits: it is meant
 * for the row that the step leads to. Escape, or leaving in any other way, cancels it all. Meanwhile the list's own
 * keys must be inactive.
 */
export function useStepBeyond({ from, isThere, isComing, onThere, onGone }: Options) {
  const { await: wait } = useKeyboard()
  const [step, setStep] = useState<{ from: string; extend: boolean } | null>(null)
  const isMeant = step !== null && step.from === from
  const isWaiting = isMeant && isComing && !isThere
  const isTaken = useRef(false)
  // Before the presses that followed are handled, which would otherwise start at the row left behind.
  useLayoutEffect(() => {
    isTaken.current = isMeant && isThere
    if (step === null || isWaiting) return
    setStep(null)
    if (isTaken.current) onThere(step.extend)
    else if (isMeant) onGone?.()
  })
  useEffect(() => {
    if (!isWaiting) return
    const release = wait(ofRows)
    return () => release(!isTaken.current)
  }, [isWaiting, wait])
  useCommands('list', { 'list.clear': () => setStep(null) }, { active: isWaiting })
  return { isWaiting, stepBeyond: (extend: boolean) => setStep({ from, extend }) }
}
