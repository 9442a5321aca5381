import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { admitted, keyOf } from '#server/api-clients/admission.ts'
import { type ApiClient, mayCall } from '#server/api-clients/rules/api-client.ts'
import { isMultipart } from '#server/endpoints/multipart.ts'
import { isReading } from '#server/endpoints/origin.ts'
import { bodyIn } from '#server/endpoints/photos.ts'
import type { ProgramDoor, ProgramVisit } from '#server/endpoints/request.ts'
import { Slots } from '#server/endpoints/slots.ts'
import { type ClientForm, isEndless, withForm } from '#server/open311/body.ts'
import { StandardRefusal } from '#server/open311/rules/standard-errors.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { logFailure } from '#server/platform/log.ts'
import { refusalFor, refusalHeaders } from '#server/platform/rules/failure.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { handlerOf } from './handlers.ts'
import { isRest, operationsAt } from './rules/address.ts'
import { type Operation, type OperationId, operationOf, restPath } from './rules/operations.ts'
import { Problem, problemOf } from './rules/problems.ts'
import { accepts, isJson, names, readBody, readParameters } from './rules/request.ts'
import { tagOf } from './tag.ts'

/** The REST interface, which covers more than Open311 can express. Tests replace `store`. */
export const restDoor = (store: () => FileStore = fileStore): ProgramDoor => ({
  owns: isRest,
  answer: (request, response, visit) => answer(request, response, visit, store()),
  refuse,
})

const json = 'application/json'
/** CORS for reading from any origin. Methods that change data are excluded. */
const open = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
}
const reading = {
  'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  'access-control-allow-headers': 'Authorization, X-Api-Key, If-None-Match',
  'access-control-max-age': '86400',
}
const noQuery = new URLSearchParams()

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  visit: ProgramVisit,
  store: FileStore,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://desk')
  const found = operationsAt(url.pathname)
  if (!found) throw new Problem('not_found', [{ detail: `there is no such address: see ${restPath}/openapi.json` }])
  const methods = found.ids.map((id) => operationOf(id).method)
  const allow = [...(methods.includes('GET') ? ['GET', 'HEAD'] : []), ...methods.filter((each) => each !== 'GET')]
  if (request.method === 'OPTIONS') {
    response.writeHead(204, { ...open, ...reading, allow: [...allow, 'OPTIONS'].join(', ') }).end()
    return
  }
  const id = found.ids.find((each) => operationOf(each).method === (isReading(request) ? 'GET' : request.method))
  if (!id) {
    response.setHeader('allow', [...allow, 'OPTIONS'].join(', '))
    throw new Problem('method_not_allowed')
  }
  const operation = operationOf(id)
  // The key is accepted in a header only, because proxies log addresses.
  const client = await admitted(visit, keyOf(request, noQuery), response)
  assertPermitted(operation, client)
  const { media } = operation.answers[200] ?? {}
  if (!accepts(request.headers.accept, media ?? json)) throw new Problem('not_acceptable')
  const { path_parameters: named, query, headers, body, part } = operation
  const call = async (sent: Sent) =>
    handlerOf(id)({
      visit,
      client,
      store,
      path: named && readParameters(named, (name) => [found.parameters[name] ?? '']),
      query: query && readParameters(query, (name) => url.searchParams.getAll(name)),
      headers: headers && readParameters(headers, (name) => [request.headers[name] ?? ''].flat()),
      body: body && readBody(body, await sent.json()),
      photos: sent.photos,
    })
  const run = () =>
    client && part && isMultipart(request)
      ? withPhotos(request, client, part, call)
      : call({ json: () => jsonBody(request), photos: [] })
  const answered = client ? await run() : await withoutKey(run)
  if (media) return sendFile(request, response, store, { media, ...(answered.body as PhotoFile) })
  if (answered.body !== null && typeof answered.body === 'object' && 'next' in answered.body && answered.body.next) {
    const next = new URLSearchParams(url.searchParams)
    next.set('cursor', String(answered.body.next))
    response.setHeader('link', `<${url.pathname}?${next}>; rel="next"`)
  }
  for (const [name, value] of Object.entries(answered.headers ?? {})) response.setHeader(name, value)
  send(request, response, { id, client, ...answered })
}

const strangers = new Slots({
  perAccount: apiLimits.listWithoutKey.atOnce,
  perProcess: apiLimits.listWithoutKey.atOnce,
})

/** Limits simultaneous requests without a key, so that enough database connections remain for all others. */
async function withoutKey<Result>(call: () => Promise<Result>): Promise<Result> {
  const leave = strangers.take('')
  if (typeof leave === 'string') throw new DomainError('busy')
  try {
    return await call()
  } finally {
    leave()
  }
}

function assertPermitted({ permission }: Operation, client: ApiClient | null): void {
  if (permission === 'public') return
  if (!client) throw new DomainError('api_key_invalid')
  if (!mayCall(client, permission)) throw new DomainError('forbidden')
}

type Sent = { json: () => Promise<Uint8Array>; photos: readonly Uint8Array[] }

/** Reads a form as Open311 does: the body is its part of this name, in JSON. */
function withPhotos<Result>(
  request: IncomingMessage,
  client: ApiClient,
  part: string,
  work: (sent: Sent) => Promise<Result>,
): Promise<Result> {
  const named = async ({ fields, photos }: ClientForm) =>
    work({ json: async () => Buffer.from(fields.get(part) ?? ''), photos })
  return withForm(request, noQuery, { client }, named).catch((error) => {
    if (!(error instanceof StandardRefusal)) throw error
    throw new Problem(
      'malformed_request',
      error.errors.map(({ description: detail }) => ({ detail })),
    )
  })
}

async function jsonBody(request: IncomingMessage): Promise<Buffer> {
  const { 'content-type': type, 'content-encoding': packed } = request.headers
  if (!isJson(type) || packed !== undefined) throw new Problem('unsupported_media_type')
  const body = await bodyIn(request, apiLimits.jsonBytes)
  if (!body) throw new DomainError('body_too_large', { bytes: apiLimits.jsonBytes })
  return body
}

type Answered = { id: OperationId; client: ApiClient | null; status: number; body: unknown }

function send(request: IncomingMessage, response: ServerResponse, { client, status, body }: Answered): void {
  const text = JSON.stringify(body)
  const headers: Record<string, string> = {
    ...open,
    vary: 'Accept, Authorization, X-Api-Key',
    'cache-control': isReading(request) ? (client ? 'private, no-cache' : 'no-cache') : 'no-store',
  }
  if (isReading(request)) {
    const tag = tagOf(text)
    headers.etag = tag
    if (names(request.headers['if-none-match'], tag)) {
      response.writeHead(304, headers).end()
      return
    }
  }
  response.writeHead(status, {
    ...headers,
    'content-type': `${json}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
  })
  response.end(request.method === 'HEAD' ? undefined : text)
}

type PhotoFile = { key: string; id: string }

/** A stored photo never changes, so its id is its tag. */
async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  store: FileStore,
  { media, key, id }: PhotoFile & { media: string },
): Promise<void> {
  const headers = {
    ...open,
    vary: 'Accept, Authorization, X-Api-Key',
    'cache-control': 'private, no-cache',
    'content-security-policy': "default-src 'none'",
    etag: `"${id}"`,
  }
  if (names(request.headers['if-none-match'], headers.etag)) {
    response.writeHead(304, headers).end()
    return
  }
  const file = await store.read(key)
  if (!file) throw new DomainError('not_found')
  response.writeHead(200, { ...headers, 'content-type': media, 'content-length': file.bytes })
  if (request.method === 'HEAD') {
    file.stream.destroy()
    response.end()
  } else await pipeline(file.stream, response)
}

/** Answers any error as a problem document. */
function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const requestId = request.headers['x-request-id']
  const entry = { err: error, requestId }
  const refusal = error instanceof DomainError ? error : logFailure(refusalFor(error), entry, 'rest request failed')
  const problem = problemOf(refusal, typeof requestId === 'string' ? requestId : undefined)
  for (const [name, value] of Object.entries(refusalHeaders(refusal))) response.setHeader(name, value)
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer realm="desk"')
  // As for Open311, the rest of a body is read and discarded, so that its sender receives the refusal.
  if (isEndless(request)) response.setHeader('connection', 'close')
  const text = JSON.stringify(problem)
  response.writeHead(problem.status, {
    ...open,
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(request.method === 'HEAD' ? undefined : text)
}
