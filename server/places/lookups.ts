import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '#server/platform/errors.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'

const { requests, windowSeconds } = placeLimits.account
/** Counted in memory by each process. */
const lookups = new RateLimiterMemory({ points: requests, duration: windowSeconds })

/** Counts a lookup of an account: someone who types needs far fewer than are allowed. */
export async function countLookup(accountId: string): Promise<void> {
  await lookups.consume(accountId).catch((refused: unknown) => {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw new DomainError('too_many_lookups', { seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) })
  })
}
