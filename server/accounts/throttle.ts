import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { sql } from '#db/client.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { rangesOf } from '#server/platform/ranges.ts'
import { delayAfter, secondFactorLimits, signInLimits } from '#server/platform/rules/limits.ts'
import { placeOf, type Surrounding } from './rules/network.ts'

type Query = { text: string; values: unknown[] }

/** The pool of this process in the shape that the limiter knows. */
const storeClient = {
  async query({ text, values }: Query) {
    const rows = await sql.unsafe(text, values as never[], { prepare: true })
    return { rows, rowCount: rows.count }
  },
}

const limiter = (keyPrefix: string, points: number, duration: number) =>
  new RateLimiterPostgres({
    storeClient,
    storeType: 'client',
    tableName: 'login_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration,
  })

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

/** A place from which nobody signs in any more for a while. */
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
 * Counts an attempt before its password is looked at, so that fifty at once are fifty. From the outside in: who has
 * used up the tries of his network or address cannot use up those of other people's accounts as well. `onLocked` hears
 * of a place once, when its tries have run out.
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

/** The attempt was the right one: the account starts anew, and what it used up of its surroundings is given back. */
export async function forgetAttempts(username: string, ip: string | null): Promise<void> {
  await Promise.all([
    byAccount.delete(username),
    strikes.delete(username),
    ...(ip ? surroundingsOf(ip) : []).map(([by, place]) => bySurrounding[by].reward(place)),
  ])
}

/** The place begins anew. */
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

/** Waits longer each time it has run out of tries. */
async function block(limit: RateLimiterPostgres, struck: RateLimiterPostgres, key: string): Promise<number> {
  const { consumedPoints } = await struck.penalty(key)
  const seconds = delayAfter(consumedPoints)
  await limit.block(key, seconds)
  return seconds
}

/** Tries that only whoever holds the key can use up, counted before what was typed is looked at. */
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

/** Of a browser that its account knows, by the name it bears in its cookie. */
export const deviceTries = ownTries('device', device)
/** Within a sign-in, by account: nobody gets there from the door. */
export const confirmationTries = ownTries('confirmation', confirmation)
/** Codes of a second factor: at the door by account or known device, where they are asked again by sign-in. */
export const codeTries = ownTries('code', secondFactorLimits.codes)
