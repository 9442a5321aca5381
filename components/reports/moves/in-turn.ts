'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import type { Moved } from './calls.ts'
import type { ReportActionName } from './move-names.ts'

type InTurn = ReportActionName | ReportMove

/**
 * What this page has sent to the server without an answer yet, by report. Actions on one report run one after another,
 * each on the version that the one before has made: users who are quicker than the connection do not conflict with
 * themselves.
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

/** Resolves when nothing is in progress for the report any more; at once, and with false, where nothing was. */
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

/** The actions in progress for a report: shown beside their expected changes. */
export function useUnderWay(reportId: number): readonly InTurn[] {
  return useSyncExternalStore(
    subscribe,
    () => last.get(reportId)?.names ?? nothing,
    () => nothing,
  )
}

/** A queued action has not been sent yet: the browser prompts users who would leave now and lose it. */
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
