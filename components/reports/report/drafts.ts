'use client'

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'

/**
 * What was typed and not sent, kept on this machine by account, report and kind. It outlives a conflict, a reload, the lock of the
 * session and the closing of the page; only sending or throwing it away ends it.
 */
type Draft = { value: unknown; savedAt: number | null; isSaving: boolean }

const prefix = 'draft:'
const pause = 800
const oldest = 30 * 86_400_000
const none: Draft = { value: undefined, savedAt: null, isSaving: false }

const drafts = new Map<string, Draft>()
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const listeners = new Set<() => void>()

export const draftKey = (accountId: string, reportId: number | 'new', kind: string) =>
  `${prefix}${accountId}:${reportId}:${kind}`

function tell() {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('storage', adopt)
    window.addEventListener('pagehide', saveAll)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.removeEventListener('storage', adopt)
    window.removeEventListener('pagehide', saveAll)
    saveAll()
  }
}

/** Another tab wrote: its words are taken over unless something is being typed here. */
function adopt({ key, newValue }: StorageEvent) {
  if (!key?.startsWith(prefix) || timers.has(key)) return
  drafts.set(key, parsed(newValue))
  tell()
}

function parsed(stored: string | null): Draft {
  try {
    const { value, savedAt } = JSON.parse(stored ?? '') as { value: unknown; savedAt: number }
    return Date.now() - savedAt > oldest ? none : { value, savedAt, isSaving: false }
  } catch {
    return none
  }
}

function read(key: string): Draft {
  const known = drafts.get(key)
  if (known) return known
  const stored = parsed(storage()?.getItem(key) ?? null)
  drafts.set(key, stored)
  return stored
}

/** Keeps the words at once on the screen and, when the typing pauses, on the machine. */
export function writeDraft(key: string, value: unknown): void {
  drafts.set(key, { ...read(key), value, isSaving: true })
  clearTimeout(timers.get(key))
  timers.set(
    key,
    setTimeout(() => save(key), pause),
  )
  tell()
}

/** The same when the page is about to go: no pause in typing will come. */
export function keepDraft(key: string, value: unknown): void {
  writeDraft(key, value)
  save(key)
}

/** What is kept under the key, without following it. */
export function takeDraft(key: string): Record<string, unknown> | undefined {
  return read(key).value as Record<string, unknown> | undefined
}

export function dropDraft(key: string): void {
  clearTimeout(timers.get(key))
  timers.delete(key)
  drafts.set(key, none)
  storage()?.removeItem(key)
  tell()
}

function save(key: string) {
  clearTimeout(timers.get(key))
  timers.delete(key)
  const draft = drafts.get(key)
  if (!draft || draft.value === undefined) return
  const savedAt = Date.now()
  try {
    storage()?.setItem(key, JSON.stringify({ value: draft.value, savedAt }))
    drafts.set(key, { value: draft.value, savedAt, isSaving: false })
  } catch {
    // The machine's storage is full or closed: the words stay on the page, and no time of saving is claimed.
    drafts.set(key, { ...draft, savedAt: null, isSaving: false })
  }
  tell()
}

function saveAll() {
  for (const key of [...timers.keys()]) save(key)
}

function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

export type HeldDraft<T> = {
  value: T
  /** Null while nothing is kept. */
  savedAt: Date | null
  set: (next: T) => void
  drop: () => void
}

/** A draft as the state of a form; `empty` stands until something was typed. */
export function useDraft<T>(key: string, empty: T): HeldDraft<T> {
  const [blank] = useState(empty)
  const draft = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => none,
  )
  const set = useCallback((next: T) => writeDraft(key, next), [key])
  const drop = useCallback(() => dropDraft(key), [key])
  useEffect(() => () => void (timers.has(key) && save(key)), [key])
  return {
    value: (draft.value as T | undefined) ?? blank,
    savedAt: draft.savedAt === null || draft.isSaving ? null : new Date(draft.savedAt),
    set,
    drop,
  }
}

/** Whether something typed is kept under the key. */
export function useHasDraft(key: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => read(key).value !== undefined,
    () => false,
  )
}
