const hour = 3_600_000

let last: { reason: string; at: number } | null = null

/**
 * Users who answer calls all day give a reason once an hour for looking up callers: until then the last reason applies,
 * on this page only.
 */
export function rememberedReason(): string | null {
  return last && Date.now() - last.at < hour ? last.reason : null
}

export function rememberReason(reason: string): void {
  if (last?.reason === reason && rememberedReason() !== null) return
  last = { reason, at: Date.now() }
}
