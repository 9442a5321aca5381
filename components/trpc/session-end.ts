'use client'

import { useSyncExternalStore } from 'react'
import type { SessionRefusal } from '#server/accounts/rules/session.ts'

let ended: SessionRefusal | null = null
const listeners = new Set<() => void>()

/** Notifies the page that the session has ended; its content stays, and a dialog asks for the password. */
export function endSession(refusal: SessionRefusal): void {
  if (ended) return
  ended = refusal
  for (const listener of listeners) listener()
}

/** Notifies the page that the user is signed in again. */
export function resumeSession(): void {
  ended = null
  for (const listener of listeners) listener()
}

/** Why the session ended while the page was open, or null. */
export function useSessionEnd(): SessionRefusal | null {
  return useSyncExternalStore(
    subscribe,
    () => ended,
    () => null,
  )
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
