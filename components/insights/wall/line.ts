import { refusalOf } from '#components/trpc/refusal.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'

const second = 1000
/** How often a wall screen requests its figures while all is well. */
const pace = 30 * second

/**
 * Why there are no newer figures: the connection or the server is down, the sign-in has ended, or the account no longer
 * has the right.
 */
export type Fault = 'lost' | 'ended' | 'refused'

export function faultOf(error: unknown): Fault {
  const code = refusalOf(error)?.code
  if (isSessionRefusal(code)) return 'ended'
  return code === 'forbidden' || code === 'not_found' ? 'refused' : 'lost'
}

/**
 * How long to wait before the next request: after a failure briefly, then longer and longer, up to a minute. `chance`
 * (0…1) spreads the wall screens of a city, so that they do not all reconnect at once.
 */
export function waitAfter(failures: number, chance: number): number {
  if (failures === 0) return pace
  const longest = Math.min(60 * second, 2 ** failures * second)
  return Math.round(longest * (0.75 + chance / 4))
}
