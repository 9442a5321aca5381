/** One sitting at the triage desk: how long each report lay before the eyes until something was decided. */
export type Sitting = {
  shown: { id: number; since: number } | null
  /** Of reports that were put off: what was spent on them so far. */
  spent: ReadonlyMap<number, number>
  /** Of reports that were decided. */
  took: ReadonlyMap<number, number>
}

export const newSitting: Sitting = { shown: null, spent: new Map(), took: new Map() }

/** Another report is before the eyes, or none: the page is hidden, the work is done. */
export function show(sitting: Sitting, id: number | null, at: number): Sitting {
  const { shown } = sitting
  if (shown?.id === id) return sitting
  const next = id === null ? null : { id, since: at }
  if (!shown) return { ...sitting, shown: next }
  const spent = new Map(sitting.spent).set(shown.id, spentOn(sitting, shown.id, at))
  return { ...sitting, spent, shown: next }
}

export function decide(sitting: Sitting, id: number, at: number): Sitting {
  return { ...sitting, took: new Map(sitting.took).set(id, spentOn(sitting, id, at)) }
}

/** What was taken back, or refused, was no decision. */
export function takeBack(sitting: Sitting, id: number): Sitting {
  const took = new Map(sitting.took)
  took.delete(id)
  return { ...sitting, took }
}

/** In whole seconds; null before the first decision. */
export function medianSeconds({ took }: Sitting): number | null {
  const sorted = [...took.values()].sort((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : Math.max(1, Math.round((low + high) / 2000))
}

function spentOn({ shown, spent }: Sitting, id: number, at: number): number {
  return (spent.get(id) ?? 0) + (shown?.id === id ? at - shown.since : 0)
}
