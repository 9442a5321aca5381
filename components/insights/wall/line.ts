import { refusalOf } from '#components/trpc/refusal.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'

const second = 1000
/** As often a wall asks for its figures while all is well. */
const pace = 30 * second

/**
 * Why there are no newer figures: the line or the server is away, the sign-in has ended, the account may not any more.
 */
export type Fault = 'lost' | 'ended' | 'refused'

export function faultOf(error: unknown): Fault {
  const code = refusalOf(error)?.code
  if (isSessionRefusal(code)) return 'ended'
  return code === 'forbidden' || code === 'not_found' ? 'refused' : 'lost'
}

/**
 * How long to wait before asking again: after a failure soon, then ever more seldom, up to a minute. Chance (0…1)
 * spreads the walls of a city, so that they do not all come back at once.
 */
export function waitAfter(failures: number, chance: number): number {
  if (failures === 0) return pace
  const longest = Math.min(60 * second, 2 ** failures * second)
  return Math.round(longest * (0.75 + chance / 4))
}
