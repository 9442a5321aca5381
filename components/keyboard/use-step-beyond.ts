'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Scope } from './commands.ts'
import { useCommands, useKeyboard } from './KeyboardProvider.tsx'

/** Whatever may act on the row that a step leads to. */
const ofRows: readonly Scope[] = ['list', 'row', 'report', 'review']

type Options = {
  /** Names the list and the row that the step begins at. */
  from: string
  /** Whether the row after that one is there. */
  isThere: boolean
  /** Whether it will be. */
  isComing: boolean
  onThere: (extend: boolean) => void
  /** It could not be taken: what it waited for does not come. */
  onGone?: () => void
}

/**
 * A step beyond the rows that are loaded is taken once the next ones have come, and what is pressed after it waits: it
 * is meant for the row that the step leads to. Esc calls it all off, and so does whatever else leads away. While it
 * waits the list's own keys have to be silent.
 */
export function useStepBeyond({ from, isThere, isComing, onThere, onGone }: Options) {
  const { await: wait } = useKeyboard()
  const [step, setStep] = useState<{ from: string; extend: boolean } | null>(null)
  const isMeant = step !== null && step.from === from
  const isWaiting = isMeant && isComing && !isThere
  const isTaken = useRef(false)
  // Before what was pressed after it is taken up, which would begin at the row left behind.
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
