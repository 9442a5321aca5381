import { limiter } from '#server/platform/limiter.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import type { ApiClient } from './rules/api-client.ts'

const windowSeconds = 60

type Limited = Pick<ApiClient, 'id' | 'requestsPerMinute'>
/** `spare`: requests that no process has taken. `ends`: milliseconds since 1970. */
type Share = { most: number; left: number; spare: number; ends: number }

export type Counted = { isWithin: boolean; remaining: number; seconds: number }

/**
 * Counts the requests a minute of API clients over all processes. Each process takes a share of the minute from the
 * database and counts within it in memory, because one write per request would cost more than many requests. The limit
 * is never exceeded; with several processes a client may be refused while others hold unused parts of their shares.
 */
export function requestCounter(): (client: Limited) => Promise<Counted> {
  const shared = limiter('api', Number.MAX_SAFE_INTEGER, windowSeconds)
  const shares = new Map<string, Share>()
  const taking = new Map<string, Promise<void>>()

  async function take({ id, requestsPerMinute: most }: Limited): Promise<void> {
    const wanted = Math.ceil(most / apiLimits.client.sharesOfMinute)
    const { consumedPoints, msBeforeNext } = await shared.consume(id, wanted)
    const left = Math.max(0, Math.min(wanted, most - (consumedPoints - wanted)))
    shares.set(id, { most, left, spare: Math.max(0, most - consumedPoints), ends: Date.now() + msBeforeNext })
  }

  return async function count(client) {
    for (;;) {
      const share = shares.get(client.id)
      const isUsable = share && share.ends > Date.now() && share.most === client.requestsPerMinute
      if (isUsable && (share.left > 0 || share.spare === 0)) {
        const isWithin = share.left > 0
        if (isWithin) share.left--
        const seconds = Math.max(1, Math.ceil((share.ends - Date.now()) / 1000))
        return { isWithin, remaining: share.left + share.spare, seconds }
      }
      // Simultaneous requests wait for the same share.
      const running = taking.get(client.id) ?? take(client).finally(() => taking.delete(client.id))
      taking.set(client.id, running)
      await running
    }
  }
}
