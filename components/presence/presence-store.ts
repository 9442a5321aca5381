'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { Heartbeat, Presence } from '#server/presence/rules/presence.ts'

/**
 * What this tab has open, and what it knows of others. The heart (`PresenceHeart.tsx`) tells the one and asks for the
 * other.
 */
type Open = NonNullable<Heartbeat['open']>
/** By whoever told of it: the page of a report stands over the preview beside the list, and what came last counts. */
const told = new Map<object, Open>()
const known = new Map<number, Presence>()
const readers = new Map<number, Set<() => void>>()
let wanted: (() => void) | null = null

/** Called when there is something to tell or to ask before the next beat. */
export function whenWanted(run: (() => void) | null): void {
  wanted = run
}

export const openHere = (): Heartbeat['open'] => [...told.values()].at(-1) ?? null

export function setOpenHere(teller: object, next: Heartbeat['open']): void {
  if (next) told.set(teller, next)
  else told.delete(teller)
  wanted?.()
}

/** The reports of which something on screen wants to know who is there. */
export const askedAbout = (): number[] => [...readers.keys()]

export function setPresence(about: readonly number[], heard: readonly Presence[]): void {
  const next = new Map(heard.map((each) => [each.reportId, each]))
  for (const id of about) {
    const now = next.get(id)
    if (JSON.stringify(now) === JSON.stringify(known.get(id))) continue
    if (now) known.set(id, now)
    else known.delete(id)
    for (const reader of readers.get(id) ?? []) reader()
  }
}

/** Whether somebody else is looking at it now, as far as that was heard. */
export const isSomebodyAt = (reportId: number): boolean =>
  known.get(reportId)?.people.some(({ isIdle }) => !isIdle) ?? false

/** Who else is at a report; nobody as long as nothing was heard. */
export function usePresenceAt(reportId: number): Presence | undefined {
  const subscribe = useCallback(
    (reader: () => void) => {
      const ofReport = readers.get(reportId) ?? new Set()
      ofReport.add(reader)
      readers.set(reportId, ofReport)
      if (ofReport.size === 1) wanted?.()
      return () => {
        ofReport.delete(reader)
        if (ofReport.size === 0) readers.delete(reportId)
      }
    },
    [reportId],
  )
  return useSyncExternalStore(
    subscribe,
    () => known.get(reportId),
    () => undefined,
  )
}
