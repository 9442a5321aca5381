import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
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
import { httpStatusOf, statusOf } from '#server/procedures/refusals.ts'
import { appRouter } from '#server/trpc/root.ts'
import { isHost, isLoopback, readableAddress } from '../endpoints/addresses.ts'
import { answerMethod } from '../endpoints/open-methods.ts'
import { isForeign, isReading } from '../endpoints/origin.ts'
import { type Arrival, answerJson, contextOf, type HttpDoor, type OpenDoor, receive } from '../endpoints/request.ts'
import { type Anonymous, createBounds } from './bounds.ts'
import type { builtFiles } from './built-files.ts'
import { compressAnswer } from './compression.ts'
import { answerFailurePage } from './failure-page.ts'
import { readiness } from './health.ts'
import { logRequest } from './request-log.ts'
import { assertSignInRequest } from './sign-in-requests.ts'
import { isDocument, settleStatus } from './staff-page.ts'

type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<unknown> | unknown

type Options = {
  /** The built scripts and styles; what is none goes on to the pages. */
  files: ReturnType<typeof builtFiles>
  environment: Pick<Environment, 'trustedProxies' | 'appUrl'>
  /** Everything that is neither a procedure nor a door: Next. */
  pages: Pages
  doors: readonly HttpDoor[]
  /** What everybody may read, asked before the pages: no sign-in is looked up for it. */
  openDoors?: readonly OpenDoor[]
  /** Once it is aborted the process takes no new work: its readiness says so, and nobody keeps a connection. */
  leaving?: AbortSignal
  /** Instead of the usual one, for tests. */
  anonymousLimit?: Anonymous
}

const procedures = '/api/trpc/'
/** What pages, procedures and doors know how to answer, if only with a refusal. */
const methods = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** The server around Next: it alone sees the socket, so it says where a request came from and refuses foreign ones. */
export function createDeskServer({
  environment,
  files,
  pages,
  doors,
  openDoors = [],
  leaving,
  anonymousLimit,
}: Options): Server {
  const isTrusted = rangesOf(environment.trustedProxies)
  const safeguards = safeguardsFor(environment.appUrl)
  const assertWithinBounds = createBounds(anonymousLimit)
  const arrivals = new WeakMap<IncomingMessage, Arrival>()
  const callProcedure = createHTTPHandler({
    router: appRouter,
    basePath: procedures,
    maxBodySize: requestLimits.bodyBytes,
    maxBatchSize: requestLimits.calls,
    createContext: async ({ req, res }) => ({
      ...(await contextOf(req, arrivals.get(req) as Arrival)),
      setCookie: (line) => res.appendHeader('set-cookie', line),
    }),
    // What a middleware met is in the log already; without a context none was reached.
    onError({ error, ctx, req }) {
      if (ctx || error.code !== 'INTERNAL_SERVER_ERROR') return
      const requestId = arrivals.get(req)?.requestId
      logFailure(refusalFor(error.cause), { err: error.cause ?? error, requestId }, 'procedure not reached')
    },
    responseMeta({ errors }) {
      const retried = errors.map(({ cause }) => refusalFor(cause)).find(({ code }) => isRetryable(code))
      return retried ? { headers: refusalHeaders(retried) } : {}
    },
  })

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
    if (isForeign(request, { appUrl: environment.appUrl, scheme: arrival.scheme })) {
      throw new DomainError('foreign_origin')
    }
    await assertWithinBounds(request, arrival)
    if (path.startsWith(procedures)) {
      response.setHeader('cache-control', 'private, no-store')
      compressAnswer(request, response)
      return callProcedure(request, response)
    }
    if (path.startsWith('/api/auth/')) assertSignInRequest(request)
    if (path.startsWith('/api/health')) return answerHealth(path, response, leaving?.aborted)
    if (path.startsWith('/api/') && !path.startsWith('/api/auth/')) {
      const context = await contextOf(request, arrival)
      if (context.session && !isReading(request)) await touchSession(context.db, context.session, context.now())
      for (const door of doors) if (await door(request, response, context)) return
    }
    if (isDocument(request) && (await settleStatus(request, response, arrival))) return
    if (isReading(request)) {
      const host = request.headers.host ?? 'localhost'
      const home = environment.appUrl?.origin ?? `${arrival.scheme}://${host}`
      // Under a name that nobody announced, the answer is for whoever called it so, and for no cache that others share.
      const isShared = environment.appUrl !== undefined || isLoopback(host)
      for (const door of openDoors) if (await door(request, response, { db, now, home, isShared })) return
    }
    files(request, response, () => {
      Promise.resolve(pages(request, response)).catch((error: unknown) => fail(request, response, error))
    })
  }

  const server = createServer((request, response) => {
    logRequest(request, response)
    answer(request, response).catch((error: unknown) => fail(request, response, error))
  })
  // Longer than the proxies before us keep a connection: otherwise they send into one that we are just closing.
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

/** In the shape of a refused procedure and in that of a refused file: the screen explains whichever it asked for. */
function refuse(response: ServerResponse, refusal: DomainError): void {
  const { code, details } = refusal
  const [name, httpStatus] = [statusOf(code), httpStatusOf(code)]
  const data = { code: name, httpStatus, refusal: { code, details } }
  // Node reads past the body of what is refused, so that the browser hears why; but not past any length.
  if (isEndless(response.req)) response.setHeader('connection', 'close')
  for (const [header, value] of Object.entries(refusalHeaders(refusal))) response.setHeader(header, value)
  answerJson(response, httpStatus, {
    code,
    details,
    error: wire.serialize({ message: code, code: TRPC_ERROR_CODES_BY_KEY[name], data }),
  })
}

const isEndless = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > requestLimits.bodyBytes

/**
 * What every answer carries, whoever gives it. A browser that came by https once does not come without it for a year.
 */
const safeguardsFor = (appUrl: URL | undefined): [string, string][] => [
  ['x-content-type-options', 'nosniff'],
  ...(appUrl?.protocol === 'https:' ? [['strict-transport-security', 'max-age=31536000'] as [string, string]] : []),
]
