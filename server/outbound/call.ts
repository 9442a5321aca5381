import { lookup as lookUp } from 'node:dns/promises'
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { performance } from 'node:perf_hooks'
import { TLSSocket } from 'node:tls'
import { environment } from '#server/platform/environment.ts'
import { outboundLimits } from '#server/platform/rules/limits.ts'
import { type Destination, destinationOf, hostOf, type Internal } from './address.ts'
import { secondsOfRetryAfter } from './rules/backoff.ts'
import { type CallFailure, type CallResult, failureOfStatus } from './rules/call-result.ts'

export type Call = {
  address: string
  method: 'GET' | 'POST'
  /** Names and values that HTTP allows; others are a defect of the caller and throw. */
  headers?: Readonly<Record<string, string>>
  body?: string
}

export type CallSettings = {
  /** Default: `OUTBOUND_INTERNAL`. */
  internal?: Internal
  /** Resolves a name to addresses; default: the system's resolver. */
  resolve?: (host: string) => Promise<readonly string[]>
  /** Time limits of the whole call and of silence within it. */
  totalSeconds?: number
  silenceSeconds?: number
  answerBytes?: number
}

/**
 * Calls an address that a user has entered, for a webhook or gateway. All such calls must use this function. Every
 * failure of the other side is a result; only an invalid header throws.
 *
 * - https only, and no private, local or special address, unless `OUTBOUND_INTERNAL` lists it.
 * - The connection goes to one of the addresses that were resolved and checked for this call, so a name that resolves
 *   differently the next time cannot reach an internal system.
 * - Redirects are failures and are not followed, because they could lead to a forbidden address.
 * - Time, silence and the size of the answer are limited. Calls share no connections and no cookies.
 */
export async function callOutside(call: Call, settings: CallSettings = {}): Promise<CallResult> {
  const started = performance.now()
  const resultOf = (part: Partial<CallResult>): CallResult => ({
    failure: null,
    status: null,
    connected: false,
    body: '',
    cut: false,
    retryAfterSeconds: null,
    ...part,
    millis: Math.round(performance.now() - started),
  })
  const destination = destinationOf(call.address, settings.internal ?? environment().outboundInternal)
  if (typeof destination === 'string') return resultOf({ failure: destination })
  const limits = { ...outboundLimits, ...settings }
  const total = AbortSignal.timeout(limits.totalSeconds * 1000)
  try {
    const answer = await send(call, destination, settings, limits.silenceSeconds, total)
    const status = answer.statusCode ?? 0
    const failure = failureOfStatus(status)
    const retryAfterSeconds = secondsOfRetryAfter(answer.headers['retry-after'], new Date())
    // The status has arrived: an answer that then breaks off or is slow counts as an answer.
    const { body, cut } = await beginningOf(answer, limits.answerBytes)
    return resultOf({ failure, status, connected: true, retryAfterSeconds, body, cut })
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    return resultOf({ failure: error.failure, connected: error.connected })
  }
}

function send(
  { method, headers, body }: Call,
  { url, allows }: Destination,
  { resolve = addressesOf }: CallSettings,
  silenceSeconds: number,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options: RequestOptions & { autoSelectFamily: true } = {
    method,
    headers: {
      'user-agent': 'iHanoi-Desk',
      ...headers,
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
    },
    agent: false,
    signal,
    timeout: silenceSeconds * 1000,
    autoSelectFamily: true,
    // The name is never an address, because `destinationOf` has checked addresses.
    lookup: (_, __, done) => {
      checkedAddresses(hostOf(url), resolve, allows).then(
        (addresses) => done(null, addresses),
        (error) => done(error, []),
      )
    },
  }
  const isSecure = url.protocol === 'https:'
  const request = isSecure ? https.request(url, options) : http.request(url, options)
  let connected = false
  request.once('socket', (socket) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      connected = true
    })
  })
  return new Promise((settle, reject) => {
    const fail = (failure: CallFailure) => reject(new CallError(failure, connected))
    request.once('response', settle)
    request.once('error', (error) => fail(signal.aborted ? 'timeout' : failureOf(error, request)))
    request.once('timeout', () => request.destroy(new CallError('timeout')))
    // For an unrequested protocol change Node emits neither an answer nor an error.
    request.once('upgrade', (_, socket) => {
      socket.destroy()
      fail('not_http')
    })
    // Guarantees that the call ends, at the latest by its time limit.
    request.once('close', () => fail('unreachable'))
    signal.addEventListener('abort', () => fail('timeout'), { once: true })
    request.end(body)
  })
}

/** One forbidden address refuses the name, because mixed answers indicate an attack. */
async function checkedAddresses(
  host: string,
  resolve: (host: string) => Promise<readonly string[]>,
  allows: (address: string) => boolean,
) {
  const addresses = await resolve(host)
  if (addresses.length === 0) throw new CallError('unknown_host')
  if (!addresses.every(allows)) throw new CallError('address_not_allowed')
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
}

const addressesOf = async (host: string) => (await lookUp(host, { all: true })).map(({ address }) => address)

/** Reads the part of the answer that is kept and does not wait for the rest. */
async function beginningOf(answer: IncomingMessage, most: number): Promise<{ body: string; cut: boolean }> {
  const pieces: Buffer[] = []
  let [bytes, cut] = [0, false]
  try {
    for await (const piece of answer) {
      pieces.push(piece)
      bytes += piece.length
      cut = bytes > most
      if (cut) break
    }
  } catch {
    cut = true
  }
  // A character cut in two would become a replacement character.
  const kept = Buffer.concat(pieces).subarray(0, most)
  return { body: new TextDecoder().decode(kept, { stream: cut }), cut }
}

class CallError extends Error {
  readonly failure: CallFailure
  readonly connected: boolean
  constructor(failure: CallFailure, connected = false) {
    super(failure)
    this.failure = failure
    this.connected = connected
  }
}

/** Maps every error to a failure. OpenSSL has many errors, and names some of them only as unspecified. */
function failureOf(error: unknown, { socket }: ClientRequest): CallFailure {
  if (error instanceof CallError) return error.failure
  const code = String((error as { code?: unknown }).code ?? '')
  if (['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'].includes(code)) return 'unknown_host'
  if (code.startsWith('HPE_')) return 'not_http'
  if (code === 'ETIMEDOUT') return 'timeout'
  const isUntrusted = socket instanceof TLSSocket && Boolean(socket.authorizationError)
  return isUntrusted || /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO|ERR_SSL|EPROTO/.test(code) ? 'tls' : 'unreachable'
}
