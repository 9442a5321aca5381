import { deliveryLimits } from '#server/platform/rules/limits.ts'

const { attempts, firstSeconds, longestSeconds } = deliveryLimits.retries

/** The time of the next attempt after `made` have failed; null after the last. Each wait is twice the previous one. */
export function nextAttempt(now: Date, made: number): Date | null {
  if (made >= attempts) return null
  const seconds = Math.min(firstSeconds * 2 ** Math.max(0, made - 1), longestSeconds)
  return new Date(now.getTime() + seconds * 1000)
}
