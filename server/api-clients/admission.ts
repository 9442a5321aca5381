import type { IncomingMessage, ServerResponse } from 'node:http'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { placeOf } from '#server/accounts/rules/network.ts'
import type { ProgramVisit } from '#server/endpoints/request.ts'
import { DomainError } from '#server/platform/errors.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { clientWithKey } from './authenticate.ts'
import { requestCounter } from './requests-of-minute.ts'
import type { ApiClient } from './rules/api-client.ts'

/**
 * Of this process, in memory: they protect it from senders whom nobody knows, and a write for each would be what these
 * send for.
 */
const strangers = new RateLimiterMemory({
  points: apiLimits.anonymous.requests,
  duration: apiLimits.anonymous.windowSeconds,
})
const countRequest = requestCounter()

/** The key of a request, apart from its body: as the standard says, or in a header, which no log of addresses has. */
export function keyOf({ headers }: IncomingMessage, query: URLSearchParams): string | null {
  const [, bearer] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
  const named = headers['x-api-key'] ?? headers.api_key
  return bearer ?? (typeof named === 'string' ? named : undefined) ?? query.get('api_key')
}

/**
 * The client with this key, within its requests a minute; null without a key. A key that is not valid is refused, so
 * that its owner notices; such requests count for their address, like those without a key. An address that has none of
 * them left is refused before its key is looked up, so that keys cannot be guessed at the cost of the database.
 */
export async function admitted(
  { db, now, ip }: ProgramVisit,
  key: string | null,
  response: ServerResponse,
): Promise<ApiClient | null> {
  const { address } = placeOf(ip)
  const used = await strangers.get(address)
  if (used && used.consumedPoints >= apiLimits.anonymous.requests) refuse(used)
  const client = key ? await clientWithKey(db, key, now()) : null
  if (!client) {
    await strangers.consume(address).catch(refuse)
    if (key) throw new DomainError('api_key_invalid')
    return null
  }
  await count(client, response)
  return client
}

/**
 * The client whose key is in the form: before its body was read, the request was counted as one without a key, which it
 * no longer is.
 */
export async function admittedByForm(
  { db, now, ip }: ProgramVisit,
  key: string | null,
  response: ServerResponse,
): Promise<ApiClient> {
  const client = key ? await clientWithKey(db, key, now()) : null
  if (!client) throw new DomainError('api_key_invalid')
  await strangers.reward(placeOf(ip).address)
  await count(client, response)
  return client
}

async function count(client: ApiClient, response: ServerResponse): Promise<void> {
  const { isWithin, remaining, seconds } = await countRequest(client)
  response.setHeader('ratelimit-limit', client.requestsPerMinute)
  response.setHeader('ratelimit-remaining', remaining)
  response.setHeader('ratelimit-reset', seconds)
  // The same as later drafts of the standard write it: draft-ietf-httpapi-ratelimit-headers.
  response.setHeader('ratelimit-policy', `"minute";q=${client.requestsPerMinute};w=60`)
  response.setHeader('ratelimit', `"minute";r=${remaining};t=${seconds}`)
  if (!isWithin) throw new DomainError('too_many_requests', { seconds })
}

function refuse(refused: unknown): never {
  if (!(refused instanceof RateLimiterRes)) throw refused
  throw new DomainError('too_many_requests', { seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) })
}
