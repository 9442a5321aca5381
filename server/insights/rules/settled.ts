/** By frame, the second in which the last of its rows was settled. */
export type Settled = Partial<Record<string, number>>

/** Equal ones give the same text. */
export const writeSettled = (settled: Settled): string =>
  JSON.stringify(Object.fromEntries(Object.entries(settled).sort(([a], [b]) => (a < b ? -1 : 1))))

export function settleLater(settled: Settled, other: Settled): void {
  for (const [frame, second = 0] of Object.entries(other)) settled[frame] = Math.max(settled[frame] ?? 0, second)
}

/**
 * What is known without looking at other rows after some were replaced: the last second of each frame, except of the
 * frames whose last row was among those removed and has no later one in its place.
 */
export function settledAfter(
  settled: Settled,
  { removed, added }: { removed: Settled; added: Settled },
): { known: Settled; unknown: string[] } {
  const known: Settled = { ...settled }
  settleLater(known, added)
  const unknown = Object.entries(removed).flatMap(([frame, second = 0]) =>
    second >= (known[frame] ?? 0) && (added[frame] ?? 0) < second ? [frame] : [],
  )
  for (const frame of unknown) delete known[frame]
  return { known, unknown }
}
