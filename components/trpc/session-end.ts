'use client'

import { useSyncExternalStore } from 'react'
import type { SessionRefusal } from '#server/accounts/rules/session.ts'

let ended: SessionRefusal | null = null
const listeners = new Set<() => void>()

/** Tells the page that the sign-in no longer counts; what is on it stays, and a dialog asks for the password. */
export function endSession(refusal: SessionRefusal): void {
  if (ended) return
  ended = refusal
  for (const listener of listeners) listener()
}

/** Tells the page that the person is signed in again. */
export function resumeSession(): void {
  ended = null
  for (const listener of listeners) listener()
}

/** Why the sign-in ended while the page was open, or null. */
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
