/** One triage session: how long each report was shown until it was decided. Milliseconds. */
export type TriageSession = {
  shown: { id: number; since: number } | null
  /** For postponed reports: the time spent on them so far. */
  spent: ReadonlyMap<number, number>
  /** For decided reports. */
  took: ReadonlyMap<number, number>
}

export const newTriageSession: TriageSession = { shown: null, spent: new Map(), took: new Map() }

/** Another report is shown, or none: the page is hidden, or the work is done. */
export function show(triageSession: TriageSession, id: number | null, at: number): TriageSession {
  const { shown } = triageSession
  if (shown?.id === id) return triageSession
  const next = id === null ? null : { id, since: at }
  if (!shown) return { ...triageSession, shown: next }
  const spent = new Map(triageSession.spent).set(shown.id, spentOn(triageSession, shown.id, at))
  return { ...triageSession, spent, shown: next }
}

export function decide(triageSession: TriageSession, id: number, at: number): TriageSession {
  return { ...triageSession, took: new Map(triageSession.took).set(id, spentOn(triageSession, id, at)) }
}

/** A decision that was undone or refused does not count. */
export function takeBack(triageSession: TriageSession, id: number): TriageSession {
  const took = new Map(triageSession.took)
  took.delete(id)
  return { ...triageSession, took }
}

/** In whole seconds; null before the first decision. */
export function medianSeconds({ took }: TriageSession): number | null {
  const sorted = [...took.values()].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : Math.max(1, Math.round((low + high) / 2000))
}

function spentOn({ shown, spent }: TriageSession, id: number, at: number): number {
  return (spent.get(id) ?? 0) + (shown?.id === id ? at - shown.since : 0)
}
