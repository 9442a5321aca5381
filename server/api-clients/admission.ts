import type { IncomingMessage, ServerResponse } from 'node:http'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Database } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { placeOf } from '#server/accounts/rules/network.ts'
import type { ProgramVisit } from '#server/endpoints/request.ts'
import { DomainError } from '#server/platform/errors.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { clientWithKey } from './authenticate.ts'
import { requestCounter } from './requests-of-minute.ts'
import type { ApiClient } from './rules/api-client.ts'
import { type KeyUse, prefixOf } from './rules/key.ts'

/**
 * Counted in memory by each process. A database write for each unauthenticated request would help an attacker to
 * overload the database.
 */
const strangersOf = keptFor('strangers at programs', () => {
  const { requests: points, windowSeconds: duration } = apiLimits.anonymous
  return new RateLimiterMemory({ points, duration })
})
const counterOf = keptFor('requests of programs', requestCounter)

/**
 * Reads the key from the query, as the Open311 standard defines it, or from a header, which access logs omit. With HTTP
 * Basic the key is the user or the password: programs differ in which of them may be empty.
 */
export function keyOf({ headers }: IncomingMessage, query: URLSearchParams): string | null {
  const [, bearer] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
  const basic = basicKey(headers.authorization ?? '')
  const named = headers['x-api-key'] ?? headers.api_key
  return bearer ?? basic ?? (typeof named === 'string' ? named : undefined) ?? query.get('api_key')
}

function basicKey(authorization: string): string | undefined {
  const [, encoded] = /^Basic ([\w+/]+={0,2})$/i.exec(authorization) ?? []
  if (encoded === undefined) return undefined
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString().split(':')
  const named = [user, password.join(':')]
  // What is no key at all is refused by its own look-up.
  return named.find((each) => prefixOf(each) !== null) ?? named.find((each) => each !== '')
}

/**
 * Returns the client with this key, within its requests a minute; null without a key. An invalid key is refused, so
 * that its owner notices, and counts for the network address like a request without a key. An address without requests
 * left is refused before its key is looked up, so that guessing keys does not load the database.
 */
export async function admitted(
  { db, now, ip }: ProgramVisit,
  key: string | null,
  response: ServerResponse,
  use: KeyUse = 'calls',
): Promise<ApiClient | null> {
  const { address } = placeOf(ip)
  const strangers = strangersOf(db)
  const used = await strangers.get(address)
  if (used && used.consumedPoints >= apiLimits.anonymous.requests) refuse(used, response)
  const client = key ? await clientWithKey(db, key, now(), use) : null
  if (!client) {
    const counted = await strangers.consume(address).catch((refused) => refuse(refused, response))
    tellLeft(response, ofStranger(counted))
    if (key) throw new DomainError('api_key_invalid')
    return null
  }
  await count(db, client, response)
  return client
}

/**
 * Returns the client whose key is in the form. The request was counted as one without a key before its body was read;
 * this takes that count back.
 */
export async function admittedByForm(
  { db, now, ip }: ProgramVisit,
  key: string | null,
  response: ServerResponse,
): Promise<ApiClient> {
  const client = key ? await clientWithKey(db, key, now()) : null
  if (!client) throw new DomainError('api_key_invalid')
  await strangersOf(db).reward(placeOf(ip).address)
  await count(db, client, response)
  return client
}

async function count(db: Database, client: ApiClient, response: ServerResponse): Promise<void> {
  const { isWithin, remaining, seconds } = await counterOf(db)(client)
  tellLeft(response, { limit: client.requestsPerMinute, window: 60, remaining, seconds })
  if (!isWithin) throw new DomainError('too_many_requests', { seconds })
}

type Left = { limit: number; window: number; remaining: number; seconds: number }

function tellLeft(response: ServerResponse, { limit, window, remaining, seconds }: Left): void {
  response.setHeader('ratelimit-limit', limit)
  response.setHeader('ratelimit-remaining', remaining)
  response.setHeader('ratelimit-reset', seconds)
  // Also in the syntax of later drafts: draft-ietf-httpapi-ratelimit-headers.
  response.setHeader('ratelimit-policy', `"minute";q=${limit};w=${window}`)
  response.setHeader('ratelimit', `"minute";r=${remaining};t=${seconds}`)
}

const ofStranger = ({ remainingPoints, msBeforeNext }: RateLimiterRes): Left => ({
  limit: apiLimits.anonymous.requests,
  window: apiLimits.anonymous.windowSeconds,
  remaining: Math.max(0, remainingPoints),
  seconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
})

function refuse(refused: unknown, response: ServerResponse): never {
  if (!(refused instanceof RateLimiterRes)) throw refused
  const left = ofStranger(refused)
  tellLeft(response, left)
  throw new DomainError('too_many_requests', { seconds: left.seconds })
}
