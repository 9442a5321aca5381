import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { admitted, admittedByForm, keyOf } from '#server/api-clients/admission.ts'
import { type ApiClient, mayCall, sourceOf } from '#server/api-clients/rules/api-client.ts'
import { sayFromClient } from '#server/citizen-links/commands/say-from-client.ts'
import type { Saying } from '#server/citizen-links/rules/saying.ts'
import { isReading } from '#server/endpoints/origin.ts'
import type { ProgramDoor, ProgramVisit } from '#server/endpoints/request.ts'
import { Slots } from '#server/endpoints/slots.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { logFailure } from '#server/platform/log.ts'
import { refusalFor, refusalHeaders } from '#server/platform/rules/failure.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { httpStatusOf } from '#server/procedures/refusals.ts'
import { isEndless, type Sender, withForm } from './body.ts'
import { receiveFromClient } from './commands/receive-from-client.ts'
import { publishedRequests } from './queries/published.ts'
import { ownCode, ownPhoto, ownRequests } from './queries/requests.ts'
import { openServices } from './queries/services.ts'
import { ownUpdates } from './queries/updates.ts'
import { type Asked, endpointOf, formatOf, isOpen311, readAddress, withoutKey } from './rules/address.ts'
import {
  createdDocument,
  type Document,
  definitionDocument,
  discoveryDocument,
  errorsDocument,
  jurisdictionId,
  type OpenRequest,
  receivedUpdateDocument,
  requestsDocument,
  servicesDocument,
  tokenDocument,
  type Update,
  updatesDocument,
} from './rules/documents.ts'
import { type RequestFilter, readFilter } from './rules/filters.ts'
import { pageOf } from './rules/page.ts'
import { badRequest, busy, errorsOf, noKey, notFound, StandardRefusal } from './rules/standard-errors.ts'
import { readSubmission } from './rules/submission.ts'
import { insteadOfReopening, readUpdate, sayingOf } from './rules/update.ts'
import { attributeWords, mediaNotFetched, statusLine, statusWords } from './words.ts'
import { xmlOf } from './xml.ts'

/** Open311 GeoReport v2, for programs. `store` is replaced in tests. */
export const open311Door = (store: () => FileStore = fileStore): ProgramDoor => ({
  owns: isOpen311,
  answer: (request, response, visit) => answer(request, response, visit, store()),
  refuse,
})

/** Read by programs of any origin; what changes something is not among the methods. */
const open = { 'access-control-allow-origin': '*' }
const mostKey = 180
const updatesList = { ...apiLimits.list, usualDays: apiLimits.updatesDays }
const noFilter = new URLSearchParams()

type Exchange = {
  request: IncomingMessage
  response: ServerResponse
  visit: ProgramVisit
  query: URLSearchParams
  /** Of the address. It only reads. */
  readingKey: string | null
}

async function answer(request: IncomingMessage, response: ServerResponse, visit: ProgramVisit, store: FileStore) {
  const url = new URL(request.url ?? '/', 'http://desk')
  const { path, key: readingKey } = withoutKey(url.pathname)
  // The address is a secret where it has a key.
  if (readingKey !== null) response.setHeader('referrer-policy', 'no-referrer')
  const asked = readAddress(path)
  const isPosted = asked?.is === 'requests' || asked?.is === 'updates'
  const methods = isPosted ? 'GET, HEAD, OPTIONS, POST' : 'GET, HEAD, OPTIONS'
  if (request.method === 'OPTIONS') {
    const reading = {
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'x-api-key',
    }
    response.writeHead(204, { ...open, ...reading, allow: methods, 'access-control-max-age': '86400' }).end()
    return
  }
  if (!asked) throw new StandardRefusal(notFound('there is no such address: see /open311/discovery.json'))
  if (!isReading(request) && !(isPosted && request.method === 'POST')) {
    response.setHeader('allow', methods)
    throw new StandardRefusal({ code: 405, description: `only ${methods}` })
  }
  const exchange = { request, response, visit, query: url.searchParams, readingKey }
  if (request.method === 'POST') return asked.is === 'updates' ? update(exchange, store) : create(exchange, store)
  assertJurisdiction(url.searchParams)
  const client =
    readingKey === null
      ? await admitted(visit, keyOf(request, url.searchParams), response)
      : await admitted(visit, readingKey, response, 'reading')
  if (asked.is === 'photo') return sendPhoto(exchange, client, asked, store)
  send(request, response, 200, await documentFor(exchange, client, asked))
}

async function documentFor(
  { visit, query, readingKey }: Exchange,
  client: ApiClient | null,
  asked: Exclude<Asked, { is: 'photo' }>,
): Promise<Document> {
  const { db, home, now } = visit
  const isExtended = query.get('extensions')?.trim().toLowerCase() === 'true'
  switch (asked.is) {
    case 'discovery':
      return discoveryDocument(home, `${home}${endpointOf(readingKey)}`, environment().demo ? 'test' : 'production')
    case 'services':
      return servicesDocument(await openServices(db))
    case 'definition': {
      const [service] = await openServices(db, asked.code)
      if (!service) throw new StandardRefusal(notFound('service_code was not found'))
      return definitionDocument(service.code, attributeWords())
    }
    case 'requests':
      if (!client) return requestsDocument(await publicList(visit, query), home, isExtended)
      return requestsDocument(await visibleRequests(visit, client, readFilter(query, now())), home, isExtended)
    case 'updates':
      return updatesDocument(await updatesFor(visit, client, readFilter(query, now(), updatesList)), home)
    case 'request': {
      const filter = { ...readFilter(noFilter, now()), ids: [asked.id] }
      const found = await visibleRequests(visit, client, filter)
      if (found.length === 0) throw new StandardRefusal(notFound('service_request_id was not found'))
      return requestsDocument(found, home, isExtended)
    }
    case 'token': {
      const code = client && mayCall(client, 'follow_reports') ? await ownCode(db, client.id, asked.token) : null
      if (code === null) throw new StandardRefusal(notFound('token was not found'))
      return tokenDocument(asked.token, code)
    }
  }
}

const publicLists = new Slots({
  perAccount: apiLimits.listWithoutKey.atOnce,
  perProcess: apiLimits.listWithoutKey.atOnce,
})

/** Without a key a list is short, and only a few are read at once, so that connections are left for all others. */
async function publicList(visit: ProgramVisit, query: URLSearchParams): Promise<OpenRequest[]> {
  const filter = readFilter(query, visit.now(), apiLimits.listWithoutKey)
  const leave = publicLists.take('')
  if (typeof leave === 'string') throw new StandardRefusal(busy)
  try {
    return await visibleRequests(visit, null, filter)
  } finally {
    leave()
  }
}

/** A page of what everyone may read and of what the client sent itself, which it reads in its own words. */
async function visibleRequests(
  { db }: ProgramVisit,
  client: ApiClient | null,
  filter: RequestFilter,
): Promise<OpenRequest[]> {
  const most = filter.page * filter.pageSize
  const isFollowing = client !== null && mayCall(client, 'follow_reports')
  const [own, published] = await Promise.all([
    isFollowing ? ownRequests(db, client.id, filter, most, statusWords) : [],
    publishedRequests(db, filter, most, statusWords, isFollowing ? sourceOf(client.id) : undefined),
  ])
  return pageOf(own, published, filter)
}

/** Without a key there are none: what is published has no answers yet. */
async function updatesFor({ db }: ProgramVisit, client: ApiClient | null, filter: RequestFilter): Promise<Update[]> {
  return client && mayCall(client, 'follow_reports') ? ownUpdates(db, client, filter) : []
}

/**
 * The key is checked before anything is written, wherever the request has it. Its form may name it: until that is read
 * the request counts as one without a key.
 */
async function create({ request, response, visit, query }: Exchange, store: FileStore): Promise<void> {
  const early = await admitted(visit, keyOf(request, query), response)
  const { 'idempotency-key': named } = request.headers
  const sender = senderOf(visit, early, response)
  const { code, repeated, notice } = await withForm(request, query, sender, async ({ client, fields, photos }) => {
    const { mediaUrls, ...submission } = readSubmission(fields, typeof named === 'string' ? named : null)
    const received = await receiveFromClient(visit, client, { submission, photos }, store)
    return { ...received, notice: mediaUrls.length > 0 ? mediaNotFetched() : null }
  })
  // Programs of the standard have their key in the form, and some take nothing but 200 for success.
  send(request, response, repeated || !early ? 200 : 201, createdDocument(code, notice))
}

const senderOf = (visit: ProgramVisit, client: ApiClient | null, response: ServerResponse): Sender =>
  client ? { client } : { client, ip: visit.ip, admit: (key) => admittedByForm(visit, key, response) }

/** Handles what the reporter says: information, a rating, or that the matter is not resolved. */
async function update({ request, response, visit, query }: Exchange, store: FileStore): Promise<void> {
  const early = await admitted(visit, keyOf(request, query), response)
  const { 'idempotency-key': named } = request.headers
  const received = await withForm(request, query, senderOf(visit, early, response), async (form) => {
    const { client, photos } = form
    if (!mayCall(client, 'speak_for_citizens')) throw new DomainError('forbidden')
    const sent = readUpdate(form.fields)
    const filter = { ...readFilter(noFilter, visit.now()), ids: [sent.code] }
    const [current] = await ownRequests(visit.db, client.id, filter, 1, statusWords)
    if (!current) throw new StandardRefusal(notFound('service_request_id was not found'))
    const key = (typeof named === 'string' && named.trim()) || undefined
    if (key && key.length > mostKey) throw new StandardRefusal(badRequest('Idempotency-Key is too long'))
    const saying = sayingOf(sent, current.isAnswered, statusLine)
    const say = (said: Saying) => sayFromClient(visit, client, sent.code, said, { key, photos, store })
    const { code, utteranceId } = await say(saying).catch((error) => {
      if (saying.is !== 'reopening' || !isTooLate(error)) throw error
      return say(insteadOfReopening(sent, statusLine))
    })
    return { id: utteranceId, code }
  })
  send(request, response, 200, receivedUpdateDocument(received))
}

const isTooLate = (error: unknown): boolean =>
  error instanceof DomainError && (error.code === 'window_passed' || error.code === 'invalid_move')

async function sendPhoto(
  { request, response, visit }: Exchange,
  client: ApiClient | null,
  { id, fileId }: { id: string; fileId: string },
  store: FileStore,
): Promise<void> {
  if (!client || !mayCall(client, 'follow_reports')) throw noKey()
  const key = await ownPhoto(visit.db, client.id, id, fileId)
  const file = key && (await store.read(key))
  if (!file) throw new StandardRefusal(notFound('there is no such photo'))
  response.writeHead(200, {
    'content-type': 'image/jpeg',
    'content-length': file.bytes,
    'cache-control': 'private, no-store',
    'content-security-policy': "default-src 'none'",
  })
  if (request.method === 'HEAD') {
    file.stream.destroy()
    response.end()
    return
  }
  await pipeline(file.stream, response)
}

function assertJurisdiction(query: URLSearchParams): void {
  const named = query.get('jurisdiction_id')?.trim()
  if (named && named !== jurisdictionId) throw new StandardRefusal(notFound('jurisdiction_id was not found'))
}

function send(request: IncomingMessage, response: ServerResponse, status: number, { json, xml }: Document): void {
  const isXml = formatOf(request.url?.split('?', 1)[0] ?? '') === 'xml'
  const text = isXml ? xmlOf(xml) : JSON.stringify(json)
  response.writeHead(status, {
    ...open,
    'content-type': `${isXml ? 'text/xml' : 'application/json'}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : text)
}

/** Whatever went wrong, as the standard's list of errors in the format that was asked for. */
function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const entry = { err: error, requestId: request.headers['x-request-id'] }
  const refusal = error instanceof DomainError ? error : logFailure(refusalFor(error), entry, 'open311 request failed')
  for (const [name, value] of Object.entries(refusalHeaders(refusal))) response.setHeader(name, value)
  // The rest of a body is read and discarded, so that its sender receives the refusal; but not an unbounded one.
  if (isEndless(request)) response.setHeader('connection', 'close')
  const errors = errorsOf(refusal, httpStatusOf(refusal.code))
  send(request, response, errors[0]?.code ?? 400, errorsDocument(errors))
}
