import { type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { limiter } from '#server/platform/limiter.ts'
import { rangesOf } from '#server/platform/ranges.ts'
import { delayAfter, secondFactorLimits, signInLimits } from '#server/platform/rules/limits.ts'
import { placeOf, type Surrounding } from './rules/network.ts'

const { account, address, network, office, device, confirmation, delay } = signInLimits
const byAccount = limiter('account', account.tries, account.windowSeconds)
const byAddress = limiter('address', address.tries, address.windowSeconds)
const byNetwork = limiter('network', network.tries, network.windowSeconds)
const strikes = limiter('strikes', Number.MAX_SAFE_INTEGER, delay.rememberedSeconds)

const bySurrounding: Record<Surrounding, RateLimiterPostgres> = {
  network: byNetwork,
  address: byAddress,
  office: limiter('office', office.tries, office.windowSeconds),
}

/** A place from which no one can sign in for a while. */
export type Locked = { by: Surrounding; place: string; seconds: number }

function surroundingsOf(ip: string): [Surrounding, string][] {
  const { address, network } = placeOf(ip)
  return isOffice(ip)
    ? [['office', address]]
    : [
        ['network', network],
        ['address', address],
      ]
}

const isOffice = (ip: string): boolean => rangesOf(environment().officeNetworks)(ip)

/**
 * Counts an attempt before its password is checked, so that fifty concurrent ones count as fifty. From the network to
 * the account: someone who has used up the attempts of their network or address cannot use up those of other accounts
 * as well. `onLocked` is called once per place, when its attempts have run out.
 */
export async function countAttempt(
  username: string,
  ip: string | null,
  onLocked: (locked: Locked) => Promise<void>,
): Promise<void> {
  for (const [by, place] of ip ? surroundingsOf(ip) : []) {
    await consume(bySurrounding[by], place, async (seconds) => {
      await onLocked({ by, place, seconds })
      return seconds
    })
  }
  await consume(byAccount, username, () => block(byAccount, strikes, username))
}

/** After a correct attempt: resets the account, and returns the attempt to its address and network. */
export async function forgetAttempts(username: string, ip: string | null): Promise<void> {
  await Promise.all([
    byAccount.delete(username),
    strikes.delete(username),
    ...(ip ? surroundingsOf(ip) : []).map(([by, place]) => bySurrounding[by].reward(place)),
  ])
}

/** Resets the counter of a place. */
export const forgetPlace = ({ by, place }: Pick<Locked, 'by' | 'place'>): Promise<boolean> =>
  bySurrounding[by].delete(place)

async function consume(
  limit: RateLimiterPostgres,
  key: string,
  onFirstRefusal?: (seconds: number) => Promise<number>,
): Promise<void> {
  try {
    await limit.consume(key)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const isFirst = refused.consumedPoints === limit.points + 1
    const left = Math.ceil(refused.msBeforeNext / 1000)
    const seconds = isFirst && onFirstRefusal ? await onFirstRefusal(left) : left
    throw new DomainError('too_many_attempts', { seconds: Math.max(1, seconds) })
  }
}

/** Blocks for longer each time the attempts have run out. */
async function block(limit: RateLimiterPostgres, struck: RateLimiterPostgres, key: string): Promise<number> {
  const { consumedPoints } = await struck.penalty(key)
  const seconds = delayAfter(consumedPoints)
  await limit.block(key, seconds)
  return seconds
}

/** Attempts that only the holder of the key can use up, counted before the input is checked. */
function ownTries(prefix: string, { tries, windowSeconds }: { tries: number; windowSeconds: number }) {
  const limit = limiter(prefix, tries, windowSeconds)
  const struck = limiter(`${prefix}-strikes`, Number.MAX_SAFE_INTEGER, delay.rememberedSeconds)
  return {
    count: (key: string): Promise<void> => consume(limit, key, () => block(limit, struck, key)),
    async forget(key: string): Promise<void> {
      await Promise.all([limit.delete(key), struck.delete(key)])
    },
  }
}

/** Attempts of a known device, by the id in its cookie. */
export const deviceTries = ownTries('device', device)
/** Attempts within a sign-in, by account: they cannot be reached without signing in. */
export const confirmationTries = ownTries('confirmation', confirmation)
/** Codes of a second factor: at sign-in by account or known device, at confirmation by sign-in. */
export const codeTries = ownTries('code', secondFactorLimits.codes)
