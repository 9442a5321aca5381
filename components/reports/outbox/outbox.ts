'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { Refusal } from '#components/trpc/refusal.ts'
import type { PhotoKind } from '#server/reports/rules/parts.ts'
import { isHeld, removeFromBox } from './photo-box.ts'

/**
 * What was sent and of which the server has not said yet that it has it, each under a key of its own on this machine,
 * so that tabs do not write over each other. However often and from however many tabs it goes out, it is done once: a
 * note by its id, an acceptance by the version of the report that it was pressed on, a photo by what it shows, an
 * answer by its words on that version.
 */
type Common = {
  id: string
  accountId: string
  reportId: number
  code: string
  writtenAt: number
  /** It was tried before without reaching the server, or written without a line. */
  isLate: boolean
  /** Why the server would not have it: it goes out no more, and waits for whoever wrote it. */
  refusal: Refusal | null
}
export type WaitingNote = Common & { kind: 'note'; body: string }
export type WaitingAccept = Common & { kind: 'accept'; version: number }
/** What the server calls a photo that it has. */
export type StoredPhoto = { fileId: string; width: number; height: number }
/** The photo itself lies in the photo box. `stored`: once it hangs on the report. */
export type WaitingPhoto = Common & { kind: 'photo'; name: string; photoKind: PhotoKind; stored: StoredPhoto | null }
export type WaitingAnswer = Common & {
  kind: 'answer'
  way: 'submit_answer' | 'answer'
  version: number
  what: string
  where: string
  when: string
  next: string
  /** Of photos that hang on the report, or of such as wait themselves: those go out before it. */
  photoIds: readonly string[]
  /** Those on the report that it leaves out. */
  without: readonly string[]
  /** The acceptance that it builds on and that goes out before it, until that has been carried out. */
  acceptId: string | null
}
export type Waiting = WaitingNote | WaitingAccept | WaitingPhoto | WaitingAnswer

export const isNote = (waiting: Waiting): waiting is WaitingNote => waiting.kind === 'note'
export const isPhoto = (waiting: Waiting): waiting is WaitingPhoto => waiting.kind === 'photo'
export const isAnswer = (waiting: Waiting): waiting is WaitingAnswer => waiting.kind === 'answer'
export const isAccept = (waiting: Waiting): waiting is WaitingAccept => waiting.kind === 'accept'

const prefix = 'outbox:'
export const keyOf = ({ accountId, id }: Pick<Waiting, 'accountId' | 'id'>) => `${prefix}${accountId}:${id}`

let known: ReadonlyMap<string, Waiting> | null = null
/** What the machine would not take: these last as long as the page. */
const unkept = new Set<string>()
const listeners = new Set<() => void>()
const none: readonly Waiting[] = []

function all(): ReadonlyMap<string, Waiting> {
  known ??= new Map(kept().map((waiting) => [keyOf(waiting), waiting]))
  return known
}

function kept(): Waiting[] {
  try {
    return Object.keys(window.localStorage)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => parsed(window.localStorage.getItem(key)) ?? [])
  } catch {
    return []
  }
}

function parsed(stored: string | null): Waiting | null {
  try {
    return stored === null ? null : ({ kind: 'note', ...JSON.parse(stored) } as Waiting)
  } catch {
    return null
  }
}

function change(key: string, waiting: Waiting | null): void {
  const next = new Map(all())
  if (waiting) next.set(key, waiting)
  else next.delete(key)
  known = next
  for (const listener of listeners) listener()
}

export function keepWaiting(waiting: Waiting): void {
  const key = keyOf(waiting)
  try {
    // Its words alone would be no use to another page.
    if (isHeld(key)) throw new Error('the photo goes with the page')
    window.localStorage.setItem(key, JSON.stringify(waiting))
    unkept.delete(key)
  } catch {
    unkept.add(key)
    window.addEventListener('beforeunload', askBeforeLoss)
  }
  change(key, waiting)
}

const askBeforeLoss = (event: BeforeUnloadEvent) => {
  if (unkept.size > 0) event.preventDefault()
}

export function dropWaiting(waiting: Waiting): void {
  markSent(waiting)
  change(keyOf(waiting), null)
}

/** Of what the server has: no tab sends it again, and this page goes on showing it until the report does. */
export function markSent(waiting: Waiting): void {
  const key = keyOf(waiting)
  unkept.delete(key)
  forget(key)
  if (isPhoto(waiting)) removeFromBox(key)
}

function forget(key: string): void {
  try {
    window.localStorage.removeItem(key)
  } catch {
    // Then it was never kept.
  }
}

/**
 * What an account waits with, or was refused, the oldest first, as the machine has it now: another tab may have sent
 * some.
 */
export function waitingOf(accountId: string): Waiting[] {
  const now = new Map(kept().map((waiting) => [keyOf(waiting), waiting]))
  for (const [key, waiting] of all()) if (unkept.has(key)) now.set(key, waiting)
  return [...now.values()]
    .filter((waiting) => waiting.accountId === accountId)
    .sort((one, other) => one.writtenAt - other.writtenAt)
}

export const toBeSent = (accountId: string): Waiting[] => waitingOf(accountId).filter(({ refusal }) => refusal === null)

/** Whether these words of a draft are among the notes: a draft has the id that its note will have. */
export const holdsDraft = (words: unknown): boolean => {
  const { id } = (words ?? {}) as { id?: unknown }
  return [...all().values()].some((note) => note.id === id)
}

/** Whether an answer of one's own to this report is on its way. */
export const isAnswerWaiting = (accountId: string, reportId: number): boolean =>
  waitingOf(accountId).some((waiting) => isAnswer(waiting) && waiting.reportId === reportId)

/** The acceptance of one's own that is on its way, if there is one. */
export const acceptOnItsWay = (accountId: string, reportId: number): WaitingAccept | undefined =>
  toBeSent(accountId)
    .filter(isAccept)
    .find((accept) => accept.reportId === reportId)

/** Whether something waits under this key on the machine. */
export function isOnMachine(key: string): boolean {
  return window.localStorage.getItem(key) !== null
}

/** What this tells to have gone out from another tab. */
export function goneElsewhere({ key, oldValue, newValue }: StorageEvent, accountId: string): Waiting | null {
  const gone = key?.startsWith(prefix) && newValue === null ? parsed(oldValue) : null
  return gone?.accountId === accountId ? gone : null
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
      if (unkept.size === 0) known = null
    }
  }
}

const empty: ReadonlyMap<string, Waiting> = new Map()

/** What waits and what was refused of an account, the oldest first. */
export function useOutbox(accountId: string | undefined): readonly Waiting[] {
  const outbox = useSyncExternalStore(subscribe, all, () => empty)
  return useMemo(() => {
    const own = [...outbox.values()].filter((waiting) => waiting.accountId === accountId)
    return own.length === 0 ? none : own.sort((one, other) => one.writtenAt - other.writtenAt)
  }, [outbox, accountId])
}
