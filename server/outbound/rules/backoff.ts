export type Backoff = {
  /** The waits before the second and each further try, in seconds. */
  seconds: readonly number[]
  /**
   * Each wait is longer or shorter by up to this share, so that simultaneous failures are not retried at the same time.
   */
  jitter: number
}

type Failed = {
  /** The number of failed tries. */
  tries: number
  /** A random number from 0 (inclusive) to 1 (exclusive). */
  chance: number
  /** The value of `Retry-After` from the receiver. */
  retryAfterSeconds?: number | null
}

/**
 * The wait before the next try, in milliseconds; null after the last try. A receiver may request a longer wait, up to
 * the longest of the schedule, but not a shorter one.
 */
export function waitAfter({ tries, chance, retryAfterSeconds }: Failed, { seconds, jitter }: Backoff): number | null {
  const planned = seconds[tries - 1]
  if (planned === undefined) return null
  const spread = planned * (1 + jitter * (2 * chance - 1))
  const asked = Math.min(retryAfterSeconds ?? 0, Math.max(...seconds))
  return Math.round(Math.max(spread, asked) * 1000)
}

/** Seconds of a `Retry-After` header, which is a number of seconds or an HTTP date; null if it is neither. */
export function secondsOfRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const at = /^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} [\d:]{8} GMT$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000))
}
