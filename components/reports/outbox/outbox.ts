'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { WayToAnswer } from '#components/reports/report/answer-draft.ts'
import type { Refusal } from '#components/trpc/refusal.ts'
import type { OutcomeOf, StatedOutcome } from '#server/reports/rules/outcome.ts'
import type { PhotoKind } from '#server/reports/rules/parts.ts'
import { isHeld, removeFromBox } from './photo-box.ts'

/**
 * What was sent without confirmation by the server yet, each under a separate key on this machine, so that tabs do not
 * overwrite each other. However often and from however many tabs it is sent, it is done once: a note by its id, an
 * acceptance by the version of the report that it was pressed on, a photo by its content, an answer by its text on that
 * version, an extension by the id of its request.
 */
type Common = {
  id: string
  accountId: string
  reportId: number
  code: string
  writtenAt: number
  /** It was tried before without reaching the server, or written without a connection. */
  isLate: boolean
  /** The refusal of the server: it is not sent again, and waits for its author. */
  refusal: Refusal | null
}
export type WaitingNote = Common & { kind: 'note'; body: string; mentions?: readonly string[] }
export type WaitingAccept = Common & { kind: 'accept'; version: number }
/** What the server returns for a stored photo. */
export type StoredPhoto = { fileId: string; width: number; height: number }
/** The photo itself is in the photo box. `stored`: once it is attached to the report. */
export type WaitingPhoto = Common & { kind: 'photo'; name: string; photoKind: PhotoKind; stored: StoredPhoto | null }
export type WaitingAnswer = Common &
  /** Without an outcome where it was written before outcomes were asked for. */
  Partial<OutcomeOf<StatedOutcome>> & {
    kind: 'answer'
    way: WayToAnswer
    version: number
    what: string
    where: string
    when: string
    next: string
    /** Of photos attached to the report, or of waiting photos, which are sent before it. */
    photoIds: readonly string[]
    /** Photos of the report that it leaves out. */
    without: readonly string[]
    /** The acceptance that it builds on and that is sent before it, until that has been done. */
    acceptId: string | null
  }
export type WaitingExtension = Common & {
  kind: 'request_extension'
  version: number
  minutes: number
  /** Of a working day, in which the length is shown. */
  minutesPerDay: number
  reason: string
}
export type Waiting = WaitingNote | WaitingAccept | WaitingPhoto | WaitingAnswer | WaitingExtension

export const isNote = (waiting: Waiting): waiting is WaitingNote => waiting.kind === 'note'
export const isPhoto = (waiting: Waiting): waiting is WaitingPhoto => waiting.kind === 'photo'
export const isAnswer = (waiting: Waiting): waiting is WaitingAnswer => waiting.kind === 'answer'
export const isExtension = (waiting: Waiting): waiting is WaitingExtension => waiting.kind === 'request_extension'
export const isAccept = (waiting: Waiting): waiting is WaitingAccept => waiting.kind === 'accept'

const prefix = 'outbox:'
export const keyOf = ({ accountId, id }: Pick<Waiting, 'accountId' | 'id'>) => `${prefix}${accountId}:${id}`

let known: ReadonlyMap<string, Waiting> | null = null
/** What the browser refused to store: kept as long as the page. */
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
    // The record without its photo would be of no use to another page.
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

/** The server has it: no tab sends it again, and this page keeps showing it until the report does. */
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
    // Then it was never stored.
  }
}

/**
 * The waiting and refused actions of an account, the oldest first, as this machine has them now: another tab may have
 * sent some.
 */
export function waitingOf(accountId: string): Waiting[] {
  const now = new Map(kept().map((waiting) => [keyOf(waiting), waiting]))
  for (const [key, waiting] of all()) if (unkept.has(key)) now.set(key, waiting)
  return [...now.values()]
    .filter((waiting) => waiting.accountId === accountId)
    .sort((one, other) => one.writtenAt - other.writtenAt)
}

export const toBeSent = (accountId: string): Waiting[] => waitingOf(accountId).filter(({ refusal }) => refusal === null)

/** Whether the text of a draft is among the notes: a draft has the id that its note will have. */
export const holdsDraft = (words: unknown): boolean => {
  const { id } = (words ?? {}) as { id?: unknown }
  return [...all().values()].some((note) => note.id === id)
}

/** Whether an answer of the user to this report is waiting. */
export const isAnswerWaiting = (accountId: string, reportId: number): boolean =>
  waitingOf(accountId).some((waiting) => isAnswer(waiting) && waiting.reportId === reportId)

/** The user's waiting acceptance, if there is one. */
export const acceptOnItsWay = (accountId: string, reportId: number): WaitingAccept | undefined =>
  toBeSent(accountId)
    .filter(isAccept)
    .find((accept) => accept.reportId === reportId)

/** Whether something is stored under this key on this machine. */
export function isOnMachine(key: string): boolean {
  return window.localStorage.getItem(key) !== null
}

/** The waiting action that another tab has sent, according to this storage event. */
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
      // From here on changes of other tabs are not observed.
      if (unkept.size === 0) known = null
    }
  }
}

const empty: ReadonlyMap<string, Waiting> = new Map()

/** The waiting and refused actions of an account, the oldest first. */
export function useOutbox(accountId: string | undefined): readonly Waiting[] {
  const outbox = useSyncExternalStore(subscribe, all, () => empty)
  return useMemo(() => {
    const own = [...outbox.values()].filter((waiting) => waiting.accountId === accountId)
    return own.length === 0 ? none : own.sort((one, other) => one.writtenAt - other.writtenAt)
  }, [outbox, accountId])
}
