'use client'

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { draftDays } from '#server/reports/rules/draft-days.ts'

/**
 * What was typed and not sent, stored on this machine by account, report and kind, and by a courier
 * (`draft-courier.ts`) on the server too. It survives a conflict, a reload, the session lock and the closing of the
 * page; only sending or discarding ends it.
 */
type Draft = {
  value: unknown
  savedAt: number | null
  isSaving: boolean
  /** The server's version that this continues: the time it was saved. */
  base: number | null
  /** Whether this text is newer than the server's. */
  isAhead: boolean
  /** Another text that was saved on the same base, in another tab or on another machine. */
  rival: { value: unknown; savedAt: number } | null
}

/** Sends drafts to the server, once there is a connection to it. */
export type Courier = { typed(key: string): void; leaving(key: string): void; dropped(key: string): void }

const prefix = 'draft:'
const pause = 800
const oldest = draftDays * 86_400_000
const none: Draft = { value: undefined, savedAt: null, isSaving: false, base: null, isAhead: false, rival: null }

const drafts = new Map<string, Draft>()
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const listeners = new Set<() => void>()
let courier: Courier | null = null

export function sendDraftsBy(next: Courier): void {
  courier = next
}

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

/** Another tab wrote: its text is adopted unless something is being typed here. */
function adopt({ key, newValue }: StorageEvent) {
  if (!key?.startsWith(prefix) || timers.has(key)) return
  drafts.set(key, parsed(newValue))
  tell()
}

type Kept = { value: unknown; savedAt: number; base: number | null; isAhead: boolean }

function parsed(stored: string | null): Draft {
  try {
    const {
      value,
      savedAt,
      base = null,
      isAhead = true,
    } = JSON.parse(stored ?? '') as Omit<Kept, 'base' | 'isAhead'> & Partial<Kept>
    return Date.now() - savedAt > oldest ? none : { ...none, value, savedAt, base, isAhead }
  } catch {
    return none
  }
}

export function read(key: string): Draft {
  const known = drafts.get(key)
  if (known) return known
  const stored = parsed(storage()?.getItem(key) ?? null)
  drafts.set(key, stored)
  return stored
}

/** Shows the text at once, and stores it on the machine when the typing pauses. */
export function writeDraft(key: string, value: unknown): void {
  drafts.set(key, { ...read(key), value, isSaving: true, isAhead: true })
  courier?.typed(key)
  clearTimeout(timers.get(key))
  timers.set(
    key,
    setTimeout(() => save(key), pause),
  )
  tell()
}

/** The same when the page is about to close: no pause in typing will come. */
export function keepDraft(key: string, value: unknown): void {
  writeDraft(key, value)
  save(key)
}

/** The result at the server: stored there, adopted from there, or in conflict. */
export function settleDraft(key: string, change: Partial<Draft>): void {
  const settled = { ...read(key), ...change }
  drafts.set(key, settled)
  if (!timers.has(key)) store(key, settled)
  tell()
}

/** The value stored under the key, without subscribing to it. */
export function takeDraft(key: string): Record<string, unknown> | undefined {
  return read(key).value as Record<string, unknown> | undefined
}

export function dropDraft(key: string): void {
  clearTimeout(timers.get(key))
  timers.delete(key)
  drafts.set(key, none)
  storage()?.removeItem(key)
  courier?.dropped(key)
  tell()
}

function save(key: string) {
  clearTimeout(timers.get(key))
  timers.delete(key)
  const draft = drafts.get(key)
  if (!draft || draft.value === undefined) return
  const saved = { ...draft, savedAt: Date.now(), isSaving: false }
  // The browser's storage may be full or disabled: then the text stays on the page, and no save time is shown.
  drafts.set(key, store(key, saved) ? saved : { ...saved, savedAt: null })
  tell()
}

function store(key: string, { value, savedAt, base, isAhead }: Draft): boolean {
  try {
    storage()?.setItem(key, JSON.stringify({ value, savedAt: savedAt ?? Date.now(), base, isAhead } satisfies Kept))
    return true
  } catch {
    return false
  }
}

function saveAll() {
  for (const key of [...timers.keys()]) {
    save(key)
    courier?.leaving(key)
  }
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
  /** Null while nothing is stored. */
  savedAt: Date | null
  /** It is on the server too: another machine finds it. */
  isOnServer: boolean
  rival: Draft['rival']
  set: (next: T) => void
  drop: () => void
}

/** A draft as the state of a form; `empty` is the value until something is typed. */
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
    isOnServer: draft.base !== null && !draft.isAhead,
    rival: draft.rival,
    set,
    drop,
  }
}

/** Whether there is a draft under the key. */
export function useHasDraft(key: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => read(key).value !== undefined,
    () => false,
  )
}
