import { deliveryLimits } from '#server/platform/rules/limits.ts'

const { attempts, firstSeconds, longestSeconds } = deliveryLimits.retries
/** The answers by which a receiver may ask for a pause (RFC 9110, RFC 6585). */
const pausing = [429, 503]

/**
 * The time of the next attempt after `made` have failed; null after the last. Each wait is twice the previous one, or
 * longer where the gateway asks for it.
 */
export function nextAttempt(now: Date, made: number, askedSeconds: number | null = null): Date | null {
  if (made >= attempts) return null
  const seconds = Math.min(firstSeconds * 2 ** Math.max(0, made - 1), longestSeconds)
  return new Date(now.getTime() + Math.max(seconds, askedSeconds ?? 0) * 1000)
}

/** The seconds for which an answer asks to make no call, within the limit; null: it does not ask. */
export const secondsAsked = (status: number | null, retryAfterSeconds: number | null): number | null =>
  status !== null && pausing.includes(status) && retryAfterSeconds !== null
    ? Math.min(retryAfterSeconds, deliveryLimits.askedSeconds)
    : null
