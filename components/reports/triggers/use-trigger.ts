'use client'

import { useState } from 'react'
import { type OpenTrigger, openTrigger, type TriggerId } from './open-trigger.ts'

export type Trigger = {
  open: OpenTrigger | null
  /** Something was typed, and this is where the caret stands now. */
  typed: (caret: number) => void
  /** What is selected now: a caret that was moved away from what was typed asks for nothing. */
  selected: (from: number, to: number) => void
  left: () => void
  /** What was typed is meant as it stands: nothing more is offered for it. */
  dismiss: () => void
}

/**
 * The trigger that is being typed. One that stands in a text since earlier is opened by typing on, not by passing
 * through it.
 */
export function useTrigger(text: string, ids: readonly TriggerId[]): Trigger {
  const [caret, setCaret] = useState<number | null>(null)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const found = caret === null ? null : openTrigger(text, caret, ids)
  if (found === null && caret !== null && dismissed !== null) setDismissed(null)
  return {
    open: found && found.start !== dismissed ? found : null,
    typed: setCaret,
    selected: (from, to) => setCaret((typed) => (typed === from && typed === to ? typed : null)),
    left: () => setCaret(null),
    dismiss: () => setDismissed(found?.start ?? null),
  }
}
