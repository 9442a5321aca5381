const hour = 3_600_000

let last: { reason: string; at: number } | null = null

/**
 * Whoever is at the telephone all day says once an hour why he looks callers up: until then the last reason stands, on
 * this page alone.
 */
export function rememberedReason(): string | null {
  return last && Date.now() - last.at < hour ? last.reason : null
}

export function rememberReason(reason: string): void {
  if (last?.reason === reason && rememberedReason() !== null) return
  last = { reason, at: Date.now() }
}
