import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { db, sql } from '#db/client.ts'
import { touchSession } from '#server/accounts/session.ts'
import { now } from '#server/platform/clock.ts'
import type { Environment } from '#server/platform/environment.ts'
import { log } from '#server/platform/log.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { appRouter } from '#server/trpc/root.ts'
import { trustIn } from './addresses.ts'
import type { builtFiles } from './built-files.ts'
import { compressAnswer } from './compression.ts'
import { readiness } from './health.ts'
import { isForeign, isReading } from './origin.ts'
import { type Arrival, answerJson, contextOf, type HttpDoor, type OpenDoor, receive } from './request.ts'

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
}

const procedures = '/api/trpc/'
const longestInput = 1_000_000

/** The server around Next: it alone sees the socket, so it says where a request came from and refuses foreign ones. */
export function createDeskServer({ environment, files, pages, doors, openDoors = [] }: Options): Server {
  const isTrusted = trustIn(environment.trustedProxies)
  const arrivals = new WeakMap<IncomingMessage, Arrival>()
  const callProcedure = createHTTPHandler({
    router: appRouter,
    basePath: procedures,
    maxBodySize: longestInput,
    createContext: ({ req }) => contextOf(req, arrivals.get(req) as Arrival),
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrival = receive(request, isTrusted)
    arrivals.set(request, arrival)
    response.setHeader('x-request-id', arrival.requestId)
    const path = request.url ?? '/'
    if (isForeign(request, { appUrl: environment.appUrl, scheme: arrival.scheme })) return refuseForeign(response)
    if (path.startsWith(procedures)) {
      response.setHeader('cache-control', 'private, no-store')
      compressAnswer(request, response)
      return callProcedure(request, response)
    }
    if (path.startsWith('/api/health')) return answerHealth(path, response)
    if (path.startsWith('/api/') && !path.startsWith('/api/auth/')) {
      const context = await contextOf(request, arrival)
      if (context.session && !isReading(request)) await touchSession(context.db, context.session, context.now())
      for (const door of doors) if (await door(request, response, context)) return
    }
    if (isReading(request)) {
      const home = environment.appUrl?.origin ?? `${arrival.scheme}://${request.headers.host ?? 'localhost'}`
      for (const door of openDoors) if (await door(request, response, { db, now, home })) return
    }
    files(request, response, () => {
      Promise.resolve(pages(request, response)).catch((error: unknown) => fail(request, response, error))
    })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => fail(request, response, error))
  })
  // Longer than the proxies before us keep a connection: otherwise they send into one that we are just closing.
  server.keepAliveTimeout = 65_000
  server.headersTimeout = 66_000
  return server
}

async function answerHealth(path: string, response: ServerResponse): Promise<void> {
  if (path === '/api/health/live') return answerJson(response, 200, { status: 'ok' })
  if (path !== '/api/health' && path !== '/api/health/ready') return answerJson(response, 404, { status: 'not_found' })
  const found = await readiness(sql)
  answerJson(response, found.status === 'ok' ? 200 : 503, found)
}

/** In the shape of a refused procedure, so that the screen can explain it. */
function refuseForeign(response: ServerResponse): void {
  const code = 'foreign_origin'
  const data = { code: 'FORBIDDEN', httpStatus: 403, refusal: { code, details: {} } }
  answerJson(response, 403, { error: wire.serialize({ message: code, code: -32_003, data }) })
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  log.error({ err: error, requestId: request.headers['x-request-id'] }, 'request failed')
  if (response.headersSent) response.destroy()
  else
    answerJson(response, 500, {
      error: wire.serialize({ message: 'defect', code: -32_603, data: { httpStatus: 500 } }),
    })
}
