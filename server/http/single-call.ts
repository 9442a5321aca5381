import type { IncomingMessage, ServerResponse } from 'node:http'
import { getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError, transformTRPCResponse } from '@trpc/server'
import { getHTTPStatusCode } from '@trpc/server/http'
import { requestLimits } from '#server/platform/rules/limits.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { appRouter } from '#server/trpc/root.ts'

type Options = {
  basePath: string
  maxBodySize: number
  createContext: (opts: { req: IncomingMessage; res: ServerResponse }) => Promise<RequestContext>
  onError: (opts: { error: TRPCError; ctx: RequestContext | undefined; req: IncomingMessage }) => void
  responseMeta: (opts: { errors: TRPCError[] }) => { headers?: Record<string, string> }
}

/** `inLines`: it is a batch of this one call, whose answer is read line by line. */
type Call = {
  path: string
  type: 'query' | 'mutation'
  procedure: Calling
  query: URLSearchParams
  inLines: boolean
}
type Calling = (call: {
  path: string
  type: string
  ctx: RequestContext
  getRawInput: () => Promise<unknown>
  signal: AbortSignal
  batchIndex: number
}) => Promise<unknown>

const procedures = appRouter._def.procedures as unknown as Record<string, Calling & { _def: { type: string } }>
const config = appRouter._def._config

/**
 * Answers a request that calls one procedure, as a mutation always is and many a batch of the browser: the answer is
 * written in one go. The adapter of the library converts each request and response to those of the browser and reads
 * the answer from a stream, which takes the process longer than most procedures do. Several calls, streams and whatever
 * is unusual are left to it: false.
 */
export function createSingleCalls(options: Options) {
  return async function answerSingleCall(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const call = callIn(request, options.basePath)
    if (!call) return false
    const { ctx, result, error } = await called(call, request, response, options)
    if (error) options.onError({ error, ctx, req: request })
    const answer = error
      ? { error: getTRPCErrorShape({ config, ctx, error, input: undefined, path: call.path, type: call.type }) }
      : { result: { data: result } }
    const { headers = {} } = options.responseMeta({ errors: error ? [error] : [] })
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    response.setHeader('content-type', 'application/json')
    response.setHeader('vary', 'trpc-accept, accept')
    // What is left of the body would be read to its end before the next request of the connection.
    if (error && !request.complete && isEndless(request)) response.setHeader('connection', 'close')
    // As in the library, the status of lines says only that there are calls to be answered.
    if (call.inLines && ctx) {
      response.end(lineOf(answer))
      return true
    }
    if (response.statusCode === 200) response.statusCode = getHTTPStatusCode(answer as never)
    response.end(JSON.stringify(transformTRPCResponse(config, answer as never)))
    return true
  }
}

/** The first line, in which the library puts what is there already, is the whole answer. */
const lineOf = (answer: unknown): string =>
  `${JSON.stringify(config.transformer.output.serialize({ 0: [[answer]] }))}\n`

function callIn({ url = '/', method, headers }: IncomingMessage, basePath: string): Call | null {
  const at = url.indexOf('?')
  const [address, search] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
  const path = address.slice(basePath.length)
  const procedure = Object.hasOwn(procedures, path) ? procedures[path] : undefined
  const type = procedure?._def.type
  if (!procedure || !(type === 'query' ? method === 'GET' : type === 'mutation' && method === 'POST')) return null
  const kind = headers['content-type']?.toLowerCase().split(';', 1)[0]?.trim()
  if (kind !== 'application/json' && !(kind === undefined && method === 'GET')) return null
  const query = new URLSearchParams(search)
  const accepted = headers['trpc-accept']
  const inLines = type === 'query' && query.get('batch') === '1' && accepted === 'application/jsonl'
  if (!inLines && (accepted !== undefined || query.has('batch'))) return null
  return { path, type: type as Call['type'], procedure, query, inLines }
}

type Called = { ctx: RequestContext | undefined; result?: unknown; error?: TRPCError }

async function called(
  { path, type, procedure, query, inLines }: Call,
  request: IncomingMessage,
  response: ServerResponse,
  { createContext, maxBodySize }: Options,
): Promise<Called> {
  const gone = new AbortController()
  if (response.destroyed) gone.abort()
  else response.once('close', () => response.writableEnded || gone.abort())
  let ctx: RequestContext | undefined
  // Read only once the procedure is allowed to have it.
  const getRawInput = async () => {
    const text = type === 'query' ? query.get('input') : await bodyOf(request, response, maxBodySize)
    try {
      const sent: unknown = text ? JSON.parse(text) : undefined
      const own = inLines && sent !== undefined ? firstOf(sent) : sent
      return own === undefined ? undefined : config.transformer.input.deserialize(own)
    } catch (cause) {
      if (cause instanceof TRPCError) throw cause
      throw new TRPCError({ code: 'BAD_REQUEST', message: 'Invalid input', cause })
    }
  }
  try {
    ctx = await createContext({ req: request, res: response })
    return { ctx, result: await procedure({ path, type, ctx, getRawInput, signal: gone.signal, batchIndex: 0 }) }
  } catch (cause) {
    return { ctx, error: getTRPCErrorFromUnknown(cause) }
  }
}

function firstOf(inputs: unknown): unknown {
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) throw new Error('no inputs of a batch')
  return (inputs as Record<string, unknown>)[0]
}

/** Whether a body has no announced end, or a far one. */
export const isEndless = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > requestLimits.bodyBytes

/**
 * Of a body that is too long the rest is not kept: the connection is closed after the refusal. The client may have gone
 * before the body is asked for: then no event comes any more.
 */
function bodyOf(request: IncomingMessage, response: ServerResponse, most: number): Promise<string> {
  return new Promise((settle, fail) => {
    const lost = () => fail(new TRPCError({ code: 'CLIENT_CLOSED_REQUEST' }))
    if (request.destroyed && !request.complete) return lost()
    const chunks: Buffer[] = []
    let size = 0
    const take = (chunk: Buffer) => {
      size += chunk.length
      if (size <= most) return void chunks.push(chunk)
      request.off('data', take)
      response.setHeader('connection', 'close')
      fail(new TRPCError({ code: 'PAYLOAD_TOO_LARGE' }))
    }
    request.on('data', take)
    request.once('end', () => settle(Buffer.concat(chunks).toString()))
    request.once('error', lost)
    // After the end it changes nothing.
    request.once('close', lost)
  })
}
