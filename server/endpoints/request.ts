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

/** What the server determined about a request before anything else handles it. */
export type Arrival = { requestId: string; ip: string; scheme: 'http' | 'https' }

/**
 * An HTTP endpoint of a domain besides the procedures, for requests that are not JSON: uploads, pictures, downloads.
 * Responds and returns true, or ignores the request and returns false. Foreign origins are refused before.
 */
export type HttpDoor = (
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
) => boolean | Promise<boolean>

/**
 * What a public endpoint gets: the database, the clock, the address under which the reader reached the desk, and
 * whether shared caches may store responses made for that address.
 */
export type Visit = { db: Database; now: () => Date; home: string; isShared: boolean }

/**
 * A public endpoint, as above. It responds itself, or sets headers and leaves the response to the pages.
 */
export type OpenDoor = (request: IncomingMessage, response: ServerResponse, visit: Visit) => boolean | Promise<boolean>

/** What an endpoint for programs gets. There is no sign-in: it checks the key of the request itself. */
export type ProgramVisit = Arrival & { db: Database; now: () => Date; home: string }

/**
 * An endpoint for programs of other systems. It answers everything below its addresses, also what went wrong, in the
 * form that its standard prescribes, and changes nothing before it has checked a key.
 */
export type ProgramDoor = {
  owns: (path: string) => boolean
  answer: (request: IncomingMessage, response: ServerResponse, visit: ProgramVisit) => Promise<void>
  refuse: (request: IncomingMessage, response: ServerResponse, error: unknown) => void
}

/**
 * Pages for citizens with forms. The endpoint handles all requests to its addresses: it has separate limits instead of
 * those for requests without a sign-in, ignores sign-ins, handles the forms, and renders pages by `render`.
 */
export type PageDoor = {
  owns: (path: string) => boolean
  answer: (
    request: IncomingMessage,
    response: ServerResponse,
    visit: ProgramVisit,
    render: () => Promise<void>,
  ) => Promise<void>
}

const safeId = /^[\w-]{8,64}$/
const forwarding = ['forwarded', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-port', 'x-real-ip']

/**
 * Overwrites the headers with verified values: the address the request came from and the id under which it is logged.
 * Values sent by clients are discarded; those of a trusted proxy are used.
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

/** Whether a request has a valid sign-in. */
export async function signedInBy(request: IncomingMessage): Promise<{ is: boolean; refusal: string }> {
  const { session, refusal = 'signed_out' } = await sessionOf(cookieOf(request, sessionCookieName()))
  return { is: session !== null, refusal }
}

/**
 * From the header, or from the address of files and of the stream, which the browser requests without our headers.
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
  const text = JSON.stringify(body)
  response.writeHead(status, {
    ...{ 'content-type': 'application/json', 'cache-control': 'no-store' },
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}
