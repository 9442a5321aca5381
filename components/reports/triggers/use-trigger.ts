'use client'

import { useState } from 'react'
import { type OpenTrigger, openTrigger, type TriggerId } from './open-trigger.ts'

export type Trigger = {
  open: OpenTrigger | null
  /** Something was typed; `caret` is the position of the caret now. */
  typed: (caret: number) => void
  /** The present selection: a caret moved away from what was typed closes the list. */
  selected: (from: number, to: number) => void
  left: () => void
  /** What was typed is meant literally: no more options are shown for it. */
  dismiss: () => void
}

/**
 * The trigger being typed. One already in the text is opened by typing on, not by moving the caret through it.
 * `isFinished`: what follows the sign is a chosen option, no search.
 */
export function useTrigger(
  text: string,
  ids: readonly TriggerId[],
  isFinished: (open: OpenTrigger) => boolean = () => false,
): Trigger {
  const [caret, setCaret] = useState<number | null>(null)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const opened = caret === null ? null : openTrigger(text, caret, ids)
  const found = opened && isFinished(opened) ? null : opened
  if (found === null && caret !== null && dismissed !== null) setDismissed(null)
  return {
    open: found && found.start !== dismissed ? found : null,
    typed: setCaret,
    selected: (from, to) => setCaret((typed) => (typed === from && typed === to ? typed : null)),
    left: () => setCaret(null),
    dismiss: () => setDismissed(found?.start ?? null),
  }
}
