'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { Moved } from './calls.ts'
import type { ReportActionName } from './move-names.ts'

type InTurn = ReportActionName | 'answer' | 'submit_answer'

/**
 * What this page has told the server and not heard back of, by report. Deeds on one report go one after another, each
 * on the version that the one before has made: whoever is quicker than the line does not collide with himself.
 */
const last = new Map<number, { result: Promise<Moved | null>; names: readonly InTurn[] }>()
const listeners = new Set<() => void>()

const nothing: readonly InTurn[] = []

export function inTurn(reportId: number, name: InTurn, run: (earlier: Moved | null) => Promise<Moved>): Promise<Moved> {
  const before = last.get(reportId)
  const outcome = (before ? before.result.then(run) : run(null)).finally(() => {
    if (last.get(reportId) !== turn) return
    last.delete(reportId)
    tell()
  })
  const turn = { result: outcome.catch(() => null), names: [...(before?.names ?? nothing), name] }
  last.set(reportId, turn)
  tell()
  return outcome
}

/** Resolves when nothing is under way for the report any more; at once, and with false, where nothing was. */
export async function afterTurns(reportId: number): Promise<boolean> {
  let waited = false
  for (let turn = last.get(reportId); turn; turn = last.get(reportId)) {
    waited = true
    await turn.result
    if (last.get(reportId) === turn) break
  }
  return waited
}

export const isUnderWay = (reportId: number): boolean => last.has(reportId)

function tell() {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What is under way for a report: shown beside what it will have changed. */
export function useUnderWay(reportId: number): readonly InTurn[] {
  return useSyncExternalStore(
    subscribe,
    () => last.get(reportId)?.names ?? nothing,
    () => nothing,
  )
}

/** What stands in line behind another has not been sent yet: the browser asks whoever would leave now and lose it. */
export function useAskBeforeLeaving(): void {
  const isAnything = useSyncExternalStore(
    subscribe,
    () => last.size > 0,
    () => false,
  )
  useEffect(() => {
    if (!isAnything) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isAnything])
}
