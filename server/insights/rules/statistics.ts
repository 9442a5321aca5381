/** The range that contains the true share with 95 % certainty, after Wilson: sound for few and for extreme shares. */
export function wilson(part: number, whole: number): { low: number; high: number } | null {
  if (whole === 0) return null
  const z = 1.959963984540054
  const share = part / whole
  const middle = (share + z ** 2 / (2 * whole)) / (1 + z ** 2 / whole)
  const reach = (z / (1 + z ** 2 / whole)) * Math.sqrt((share * (1 - share)) / whole + z ** 2 / (4 * whole ** 2))
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

export type Share = { part: number; whole: number }

/** The range that contains the true difference of two shares with 95 % certainty, after Newcombe. */
export function newcombe(now: Share, before: Share): { low: number; high: number } | null {
  const [ours, theirs] = [wilson(now.part, now.whole), wilson(before.part, before.whole)]
  if (!ours || !theirs) return null
  const [share, shareThen] = [now.part / now.whole, before.part / before.whole]
  const difference = share - shareThen
  return {
    low: difference - Math.hypot(share - ours.low, theirs.high - shareThen),
    high: difference + Math.hypot(ours.high - share, shareThen - theirs.low),
  }
}

export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
