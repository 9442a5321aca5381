import { useEffect, useSyncExternalStore } from 'react'

/** `words`: what is done, as only the list of reports has the texts for it: "Đổi mức độ: Khẩn". */
type WatchedRun = { id: string; words: string }

/**
 * The runs of this page whose end is still to be shown, or which can still be undone: they are followed on whatever
 * page is open by then.
 */
let watched: readonly WatchedRun[] = []
/** The runs that this page already watches or has just started: a run found by the list is not watched twice. */
const claimed = new Set<string>()
/** The one whose outcome was asked for, from whatever page. */
let asked: string | null = null
/** The runs that a panel on screen shows: they need no toast. */
let inSight: readonly string[] = []
const listeners = new Set<() => void>()
const none: readonly WatchedRun[] = []

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function claimRun(id: string): void {
  claimed.add(id)
}

/** It was not started, or it is not known whether it was: a list that finds it watches it. */
export function unclaimRun(id: string): void {
  claimed.delete(id)
}

/** Watches a run that a list has found: of before a reload, or of another tab. */
export function watchFoundRun(run: WatchedRun): void {
  if (!claimed.has(run.id)) watchRun(run)
}

export function watchRun(run: WatchedRun): void {
  claimed.add(run.id)
  watched = [...watched, run]
  tell()
}

export function unwatchRun(id: string): void {
  watched = watched.filter((run) => run.id !== id)
  tell()
}

export const useWatchedRuns = (): readonly WatchedRun[] =>
  useSyncExternalStore(
    subscribe,
    () => watched,
    () => none,
  )

/** Asks for the outcome of a run, or that it has been shown. */
export function askForRun(id: string | null): void {
  asked = id
  tell()
}

export const useAskedRun = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => asked,
    () => null,
  )

/** Whether a panel on screen shows the run, so that it needs no separate notice. */
export const useIsInSight = (id: string): boolean =>
  useSyncExternalStore(
    subscribe,
    () => inSight.includes(id),
    () => false,
  )

/** Marks the run as shown while the component is mounted. */
export function useInSight(id: string): void {
  useEffect(() => {
    inSight = [...inSight, id]
    tell()
    return () => {
      const at = inSight.indexOf(id)
      inSight = inSight.filter((_, i) => i !== at)
      tell()
    }
  }, [id])
}
