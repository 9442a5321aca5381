'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { Heartbeat, Presence } from '#server/presence/rules/presence.ts'

/** What this tab has open, and what it knows of others. `PresenceHeartbeat.tsx` sends the one and queries the other. */
type Open = NonNullable<Heartbeat['open']>
/**
 * By the component that announced it: the page of a report is shown over the preview beside the list, and the latest
 * entry counts.
 */
const told = new Map<object, Open>()
const known = new Map<number, Presence>()
const readers = new Map<number, Set<() => void>>()
let wanted: (() => void) | null = null

/** Called when there is something to send or to query before the next heartbeat. */
export function whenWanted(run: (() => void) | null): void {
  wanted = run
}

export const openHere = (): Heartbeat['open'] => [...told.values()].at(-1) ?? null

export function setOpenHere(teller: object, next: Heartbeat['open']): void {
  if (next) told.set(teller, next)
  else told.delete(teller)
  wanted?.()
}

/** The reports whose presence something on screen shows. */
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

/** Whether someone else is viewing it now, as far as is known. */
export const isSomebodyAt = (reportId: number): boolean =>
  known.get(reportId)?.people.some(({ isIdle }) => !isIdle) ?? false

/** Who else has a report open; undefined while nothing is known. */
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
