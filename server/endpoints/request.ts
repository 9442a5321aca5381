import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Database } from '#db/client.ts'
import { deviceCookieName } from '#server/accounts/known-device.ts'
import { accountHeader } from '#server/accounts/rules/session.ts'
import { sessionOf } from '#server/accounts/session.ts'
import { sessionCookieName } from '#server/accounts/session-token.ts'
import { environment } from '#server/platform/environment.ts'
import { type RequestContext, requestContext } from '#server/procedures/context.ts'
import { clientAddress, plainAddress } from './addresses.ts'

/** What the server found out about a request before anything else looks at it. */
export type Arrival = { requestId: string; ip: string; scheme: 'http' | 'https' }

/**
 * A door of a domain beside the procedures, for what is no JSON: uploads, pictures, downloads.
 * Answers and says true, or leaves the request alone and says false. Foreign origins do not get this far.
 */
export type HttpDoor = (
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
) => boolean | Promise<boolean>

/**
 * What an open door is told: the database, the hour, the address under which the reader found the desk, and whether a
 * cache may keep for others what was made under it.
 */
export type Visit = { db: Database; now: () => Date; home: string; isShared: boolean }

/**
 * A door for everybody, as above. It answers by itself or, having set what the answer should carry, leaves it to the
 * pages.
 */
export type OpenDoor = (request: IncomingMessage, response: ServerResponse, visit: Visit) => boolean | Promise<boolean>

const safeId = /^[\w-]{8,64}$/
const forwarding = ['forwarded', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-port', 'x-real-ip']

/**
 * Writes into the headers what is known for certain: where the request came from and under which id it is logged.
 * What a stranger says of itself there is thrown away; a trusted proxy is believed.
 */
export function receive(request: IncomingMessage, isTrusted: (address: string) => boolean): Arrival {
  const { headers, socket } = request
  const ip = clientAddress({ peer: socket.remoteAddress, forwardedFor: headers['x-forwarded-for'] }, isTrusted)
  const isProxied = isTrusted(plainAddress(socket.remoteAddress ?? ''))
  const given = headers['x-request-id']
  const requestId = isProxied && typeof given === 'string' && safeId.test(given) ? given : randomUUID()
  if (!isProxied) for (const name of forwarding) delete headers[name]
  const scheme = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'
  Object.assign(headers, { 'x-request-id': requestId, 'x-forwarded-for': ip, 'x-forwarded-proto': scheme })
  return { requestId, ip, scheme }
}

export async function contextOf(request: IncomingMessage, { requestId, ip, scheme }: Arrival): Promise<RequestContext> {
  const drawnFor = accountIn(request)
  const home = environment().appUrl?.origin ?? `${scheme}://${request.headers.host ?? 'localhost'}`
  const context = await requestContext({ token: cookieOf(request, sessionCookieName()), drawnFor, requestId, ip, home })
  return { ...context, device: cookieOf(request, deviceCookieName()) }
}

/** Whether a sign-in that counts stands behind a request. */
export async function signedInBy(request: IncomingMessage): Promise<{ is: boolean; refusal: string }> {
  const { session, refusal = 'signed_out' } = await sessionOf(cookieOf(request, sessionCookieName()))
  return { is: session !== null, refusal }
}

/**
 * In the address of a file or of the stream, which the browser itself fetches, for there it sends no headers of ours.
 */
function accountIn({ headers, url }: IncomingMessage): string | undefined {
  const named = headers[accountHeader] ?? new URL(url ?? '/', 'http://desk').searchParams.get(accountHeader)
  return typeof named === 'string' ? named : undefined
}

export function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const pair of request.headers.cookie?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
