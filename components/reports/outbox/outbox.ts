'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { Refusal } from '#components/trpc/refusal.ts'

/**
 * Notes that were sent and of which the server has not said yet that it has them, each under a key of its own on this machine, so that
 * tabs do not write over each other. Its id is the note's: however often and from however many tabs it goes out, it is one note.
 */
export type WaitingNote = {
  id: string
  accountId: string
  reportId: number
  code: string
  body: string
  writtenAt: number
  /** It was tried before without reaching the server, or written without a line. */
  isLate: boolean
  /** Why the server would not have it: it goes out no more, and its words wait for whoever wrote them. */
  refusal: Refusal | null
}

const prefix = 'outbox:'
const keyOf = ({ accountId, id }: Pick<WaitingNote, 'accountId' | 'id'>) => `${prefix}${accountId}:${id}`

let notes: ReadonlyMap<string, WaitingNote> | null = null
/** What the machine would not take: these last as long as the page. */
const unkept = new Set<string>()
const listeners = new Set<() => void>()
const none: readonly WaitingNote[] = []

function all(): ReadonlyMap<string, WaitingNote> {
  notes ??= new Map(kept().map((note) => [keyOf(note), note]))
  return notes
}

function kept(): WaitingNote[] {
  try {
    return Object.keys(window.localStorage)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => parsed(window.localStorage.getItem(key)) ?? [])
  } catch {
    return []
  }
}

function parsed(stored: string | null): WaitingNote | null {
  try {
    return stored === null ? null : (JSON.parse(stored) as WaitingNote)
  } catch {
    return null
  }
}

function change(key: string, note: WaitingNote | null): void {
  const next = new Map(all())
  if (note) next.set(key, note)
  else next.delete(key)
  notes = next
  for (const listener of listeners) listener()
}

export function keepWaiting(note: WaitingNote): void {
  const key = keyOf(note)
  try {
    window.localStorage.setItem(key, JSON.stringify(note))
    unkept.delete(key)
  } catch {
    unkept.add(key)
  }
  change(key, note)
}

export function dropWaiting(note: WaitingNote): void {
  const key = keyOf(note)
  unkept.delete(key)
  forget(key)
  change(key, null)
}

/** Of a note that the server has: no tab sends it again, and this page goes on showing it until the story does. */
export function markSent(note: WaitingNote): void {
  forget(keyOf(note))
}

function forget(key: string): void {
  try {
    window.localStorage.removeItem(key)
  } catch {
    // Then it was never kept.
  }
}

/** What is still to be sent, the oldest first, as the machine has it now: another tab may have sent some. */
export function toBeSent(accountId: string): WaitingNote[] {
  const here = [...all().values()].filter((note) => unkept.has(keyOf(note)))
  return [...kept(), ...here]
    .filter((note) => note.accountId === accountId && note.refusal === null)
    .sort((one, other) => one.writtenAt - other.writtenAt)
}

/** Whether these words of a draft are among the notes: a draft has the id that its note will have. */
export const holdsDraft = (words: unknown): boolean => {
  const { id } = (words ?? {}) as { id?: unknown }
  return [...all().values()].some((note) => note.id === id)
}

/** Whether closing the page would lose a note. */
export const isAnyUnkept = (): boolean => unkept.size > 0

/** The note that this tells to have gone out from another tab. */
export function goneElsewhere({ key, oldValue, newValue }: StorageEvent, accountId: string): WaitingNote | null {
  const note = key?.startsWith(prefix) && newValue === null ? parsed(oldValue) : null
  return note?.accountId === accountId ? note : null
}

function adopt({ key, newValue }: StorageEvent): void {
  if (key?.startsWith(prefix)) change(key, parsed(newValue))
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener('storage', adopt)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      window.removeEventListener('storage', adopt)
      // What other tabs do from here on is not heard.
      if (unkept.size === 0) notes = null
    }
  }
}

const empty: ReadonlyMap<string, WaitingNote> = new Map()

/** The waiting and the refused notes of an account, the oldest first. */
export function useOutbox(accountId: string | undefined): readonly WaitingNote[] {
  const known = useSyncExternalStore(subscribe, all, () => empty)
  return useMemo(() => {
    const own = [...known.values()].filter((note) => note.accountId === accountId)
    return own.length === 0 ? none : own.sort((one, other) => one.writtenAt - other.writtenAt)
  }, [known, accountId])
}
