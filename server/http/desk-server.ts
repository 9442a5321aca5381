import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { TRPCError } from '@trpc/server'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { db, sql } from '#db/client.ts'
import { touchSession } from '#server/accounts/session.ts'
import { now } from '#server/platform/clock.ts'
import type { Environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { logFailure } from '#server/platform/log.ts'
import { rangesOf } from '#server/platform/ranges.ts'
import { isRetryable, refusalFor, refusalHeaders } from '#server/platform/rules/failure.ts'
import { requestLimits } from '#server/platform/rules/limits.ts'
import { wire } from '#server/platform/rules/wire.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { httpStatusOf, statusOf } from '#server/procedures/refusals.ts'
import { appRouter } from '#server/trpc/root.ts'
import { isHost, isLoopback, readableAddress } from '../endpoints/addresses.ts'
import { answerMethod } from '../endpoints/open-methods.ts'
import { isForeign, isReading } from '../endpoints/origin.ts'
import {
  type Arrival,
  answerJson,
  contextOf,
  type HttpDoor,
  type OpenDoor,
  type PageDoor,
  type ProgramDoor,
  receive,
} from '../endpoints/request.ts'
import { type Anonymous, createBounds } from './bounds.ts'
import type { builtFiles } from './built-files.ts'
import { compressAnswer } from './compression.ts'
import { answerFailurePage } from './failure-page.ts'
import { readiness } from './health.ts'
import { logRequest } from './request-log.ts'
import { assertSignInRequest } from './sign-in-requests.ts'
import { createSingleCalls, isEndless } from './single-call.ts'
import { isDocument, settleStatus } from './staff-page.ts'

type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<unknown> | unknown

type Options = {
  /** Serves the built scripts and styles; other requests are passed to the pages. */
  files: ReturnType<typeof builtFiles>
  environment: Pick<Environment, 'trustedProxies' | 'appUrl'>
  /** Next, for everything that is neither a procedure nor an endpoint. */
  pages: Pages
  doors: readonly HttpDoor[]
  /** Public endpoints, tried before the pages: no sign-in is looked up for them. */
  openDoors?: readonly OpenDoor[]
  /** Pages for citizens, with separate limits. */
  pageDoors?: readonly PageDoor[]
  /** Endpoints for programs: each checks a key of its own, and refuses in the form of its standard. */
  programDoors?: readonly ProgramDoor[]
  /** Once it is aborted the process takes no new work: readiness reports it, and no connection is kept alive. */
  leaving?: AbortSignal
  /** Replaces the usual limit in tests. */
  anonymousLimit?: Anonymous
}

const procedures = '/api/trpc/'
/** The methods that pages, procedures and endpoints can answer, if only with a refusal. */
const methods = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** The server around Next: only it has the socket, so it determines the client address and refuses foreign origins. */
export function createDeskServer({
  environment,
  files,
  pages,
  doors,
  openDoors = [],
  pageDoors = [],
  programDoors = [],
  leaving,
  anonymousLimit,
}: Options): Server {
  const isTrusted = rangesOf(environment.trustedProxies)
  const safeguards = safeguardsFor(environment.appUrl)
  const assertWithinBounds = createBounds(anonymousLimit)
  const arrivals = new WeakMap<IncomingMessage, Arrival>()
  const calls = {
    basePath: procedures,
    maxBodySize: requestLimits.bodyBytes,
    createContext: async ({ req, res }: { req: IncomingMessage; res: ServerResponse }): Promise<RequestContext> => ({
      ...(await contextOf(req, arrivals.get(req) as Arrival)),
      setCookie: (line) => res.appendHeader('set-cookie', line),
    }),
    // Middleware has already logged its errors; without a context no middleware was reached.
    onError({ error, ctx, req }: { error: TRPCError; ctx: RequestContext | undefined; req: IncomingMessage }) {
      if (ctx || error.code !== 'INTERNAL_SERVER_ERROR') return
      const requestId = arrivals.get(req)?.requestId
      logFailure(refusalFor(error.cause), { err: error.cause ?? error, requestId }, 'procedure not reached')
    },
    responseMeta({ errors }: { errors: TRPCError[] }) {
      const retried = errors.map(({ cause }) => refusalFor(cause)).find(({ code }) => isRetryable(code))
      return retried ? { headers: refusalHeaders(retried) } : {}
    },
  }
  const answerSingleCall = createSingleCalls(calls)
  const answerCalls = createHTTPHandler({ ...calls, router: appRouter, maxBatchSize: requestLimits.calls })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrival = receive(request, isTrusted)
    arrivals.set(request, arrival)
    response.setHeader('x-request-id', arrival.requestId)
    if (leaving?.aborted) response.setHeader('connection', 'close')
    for (const [name, value] of safeguards) response.setHeader(name, value)
    const path = readableAddress(request)
    if (!isHost(request.headers.host) || !path) throw new DomainError('bad_input')
    request.url = path
    if (answerMethod(request, response)) return
    if (!methods.has(request.method ?? '')) throw new DomainError('bad_input')
    const program = programDoorOf(request)
    if (isForeign(request, { appUrl: environment.appUrl, scheme: arrival.scheme }, program ? 'key' : 'origin')) {
      throw new DomainError('foreign_origin')
    }
    if (program) {
      compressAnswer(request, response)
      return program.answer(request, response, { ...arrival, db, now, home: homeOf(request, arrival) })
    }
    const own = pageDoors.find((door) => door.owns(path.split('?', 1)[0] as string))
    if (own) {
      const visit = { ...arrival, db, now, home: homeOf(request, arrival) }
      return own.answer(request, response, visit, async () => void (await pages(request, response)))
    }
    await assertWithinBounds(request, arrival)
    if (path.startsWith(procedures)) {
      response.setHeader('cache-control', 'private, no-store')
      compressAnswer(request, response)
      return (await answerSingleCall(request, response)) ? undefined : answerCalls(request, response)
    }
    if (path.startsWith('/api/auth/')) assertSignInRequest(request)
    if (path.startsWith('/api/health')) return answerHealth(path, response, leaving?.aborted)
    if (path.startsWith('/api/') && !path.startsWith('/api/auth/')) {
      const context = await contextOf(request, arrival)
      compressAnswer(request, response)
      if (context.session && !isReading(request)) await touchSession(context.db, context.session, context.now())
      for (const door of doors) if (await door(request, response, context)) return
    }
    if (isDocument(request) && (await settleStatus(request, response, arrival))) return
    if (isReading(request)) {
      const home = homeOf(request, arrival)
      // A response under an unannounced host name is only for its client, not for a shared cache.
      const isShared = environment.appUrl !== undefined || isLoopback(request.headers.host ?? 'localhost')
      for (const door of openDoors) if (await door(request, response, { db, now, home, isShared })) return
    }
    files(request, response, () => {
      Promise.resolve(pages(request, response)).catch((error: unknown) => fail(request, response, error))
    })
  }

  const programDoorOf = ({ url = '/' }: IncomingMessage) =>
    programDoors.find((door) => door.owns(url.split('?', 1)[0] as string))

  /** The address under which the client reached the desk. */
  const homeOf = ({ headers }: IncomingMessage, { scheme }: Arrival): string =>
    environment.appUrl?.origin ?? `${scheme}://${headers.host ?? 'localhost'}`

  const server = createServer((request, response) => {
    logRequest(request, response)
    const refuseAll = programDoorOf(request)?.refuse ?? fail
    answer(request, response).catch((error: unknown) => refuseAll(request, response, error))
  })
  // Longer than the proxies in front keep a connection: otherwise they may send on one that is just being closed.
  server.keepAliveTimeout = 65_000
  server.headersTimeout = 66_000
  return server
}

async function answerHealth(path: string, response: ServerResponse, isLeaving?: boolean): Promise<void> {
  if (path === '/api/health/live') return answerJson(response, 200, { status: 'ok' })
  if (path !== '/api/health' && path !== '/api/health/ready') return answerJson(response, 404, { status: 'not_found' })
  const found = await readiness(sql, isLeaving)
  answerJson(response, found.status === 'ok' ? 200 : 503, found)
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const found = refusalFor(error)
  const entry = { err: error, requestId: request.headers['x-request-id'] }
  const refusal = error instanceof DomainError ? error : logFailure(found, entry, 'request failed')
  if (response.headersSent) response.destroy()
  else if (isDocument(request)) answerFailurePage(request, response, refusal)
  else refuse(response, refusal)
}

/** The body fits both a refused procedure and a refused file, so that the screen can explain either. */
function refuse(response: ServerResponse, refusal: DomainError): void {
  const { code, details } = refusal
  const [name, httpStatus] = [statusOf(code), httpStatusOf(code)]
  const data = { code: name, httpStatus, refusal: { code, details } }
  // Node discards the body of a refused request, so that the browser receives the refusal; but not an unbounded body.
  if (isEndless(response.req)) response.setHeader('connection', 'close')
  for (const [header, value] of Object.entries(refusalHeaders(refusal))) response.setHeader(header, value)
  answerJson(response, httpStatus, {
    code,
    details,
    error: wire.serialize({ message: code, code: TRPC_ERROR_CODES_BY_KEY[name], data }),
  })
}

/**
 * Headers of every response. A browser that has used https once uses only https for a year.
 */
const safeguardsFor = (appUrl: URL | undefined): [string, string][] => [
  ['x-content-type-options', 'nosniff'],
  ...(appUrl?.protocol === 'https:' ? [['strict-transport-security', 'max-age=31536000'] as [string, string]] : []),
]
