/** One report more or less is open from this moment on. */
export type OpenChange = { at: Date; change: number }

/**
 * The maximum number open at once, and since when; changes are in the order of their moments. Null where there are
 * none.
 */
export function peakOf(changes: readonly OpenChange[]): { open: number; at: Date } | null {
  let open = 0
  let peak: { open: number; at: Date } | null = null
  for (const [i, { at, change }] of changes.entries()) {
    open += change
    // What happens at the same moment is one step: a report that opens as another closes makes no peak.
    if (changes[i + 1]?.at.getTime() === at.getTime()) continue
    if (open > 0 && (peak === null || open > peak.open)) peak = { open, at }
  }
  return peak
}
