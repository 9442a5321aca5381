import type { IncomingMessage, ServerResponse } from 'node:http'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { keptFor } from '#db/kept.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { placeOf } from '#server/accounts/rules/network.ts'
import { bodyIn } from '#server/endpoints/photos.ts'
import { answerJson, type ProgramDoor, type ProgramVisit } from '#server/endpoints/request.ts'
import { DomainError } from '#server/platform/errors.ts'
import { logFailure } from '#server/platform/log.ts'
import { refusalFor, refusalHeaders } from '#server/platform/rules/failure.ts'
import { receiptLimits } from '#server/platform/rules/limits.ts'
import { httpStatusOf } from '#server/procedures/refusals.ts'
import { gatewayWithToken, takeReceipt } from './commands/take-receipt.ts'
import { isReceiptPath, receiptFrom, receiptTokenIn, type Sent } from './rules/receipts.ts'

/** Reports of providers about the messages that they were given. */
export const receiptDoor: ProgramDoor = { owns: isReceiptPath, answer, refuse }

const { unknown, gateway: known, bodyBytes } = receiptLimits
/** Counted in memory by each process. What guessers use up is never taken from a provider at the same address. */
const limitersOf = keptFor('receipts', () => ({
  unknown: new RateLimiterMemory({ points: unknown.requests, duration: unknown.windowSeconds }),
  gateway: new RateLimiterMemory({ points: known.requests, duration: known.windowSeconds }),
}))

async function answer(request: IncomingMessage, response: ServerResponse, visit: ProgramVisit): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://desk')
  // Some providers report by GET: the token is the permission, and a repetition changes nothing.
  if (request.method !== 'POST' && request.method !== 'GET') {
    response.setHeader('allow', 'GET, POST')
    throw new DomainError('bad_input')
  }
  const limiters = limitersOf(visit.db)
  const token = receiptTokenIn(url.pathname)
  const gateway = token === null ? null : await gatewayWithToken(visit.db, token)
  if (!gateway) {
    await limiters.unknown.consume(placeOf(visit.ip).address).catch(tooMany)
    throw new DomainError('not_found')
  }
  await limiters.gateway.consume(gateway.id).catch(tooMany)
  const receipt = receiptFrom(await sentBy(request, url), gateway)
  if (!receipt) throw new DomainError('bad_input')
  const { db, now, requestId, ip } = visit
  // A provider may report before the desk has stored its answer; on 404 it reports again.
  if (!(await takeReceipt({ db, now, requestId, ip, actor: robot }, gateway, receipt)))
    throw new DomainError('not_found')
  answerJson(response, 200, {})
}

async function sentBy(request: IncomingMessage, { searchParams }: URL): Promise<Sent> {
  if (request.method === 'GET') return { fields: searchParams }
  const body = await bodyIn(request, bodyBytes)
  if (!body) throw new DomainError('body_too_large', { bytes: bodyBytes })
  const text = body.toString('utf8')
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  return isForm ? { fields: new URLSearchParams(text) } : { json: text }
}

function tooMany(refused: unknown): never {
  if (!(refused instanceof RateLimiterRes)) throw refused
  throw new DomainError('too_many_requests', { seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) })
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const entry = { err: error, requestId: request.headers['x-request-id'] }
  const refusal = error instanceof DomainError ? error : logFailure(refusalFor(error), entry, 'receipt failed')
  for (const [name, value] of Object.entries(refusalHeaders(refusal))) response.setHeader(name, value)
  // The rest of the body is not read.
  if (!request.complete) response.setHeader('connection', 'close')
  answerJson(response, httpStatusOf(refusal.code), { code: refusal.code })
}
