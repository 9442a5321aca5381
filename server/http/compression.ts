import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { createGzip, type Gzip } from 'node:zlib'

type Plain = { write(chunk: string | Uint8Array): boolean; end(chunk?: string | Uint8Array): unknown }
type WriteHead = (status: number, ...rest: unknown[]) => ServerResponse

/** In bytes. A shorter response fits into one packet, and compressing it costs more time than it saves. */
const worthPacking = 1400
/** Texts. Pictures, fonts and sheets are compressed by their own formats, and events must not wait for each other. */
const isText = /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?(?:json|xml)\b|application\/x-ndjson\b)/

/**
 * Compresses the response if the client accepts gzip and it is a text that is long enough, or comes line by line in
 * parts. What is compressed already, as pages and feeds that are kept, is sent as it is.
 */
export function compressAnswer(request: IncomingMessage, response: ServerResponse): void {
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) || request.method === 'HEAD') return
  const plain: Plain = { write: response.write.bind(response), end: response.end.bind(response) }
  const writeHead = response.writeHead.bind(response) as WriteHead
  const comesInParts = request.headers['trpc-accept'] === 'application/jsonl'
  let packer: Gzip | undefined
  let isDecided = false

  /** The head that is written first decides: by the length that it states, or by how long the text is. */
  const decideByHead = (status: number, ...rest: unknown[]): ServerResponse => {
    const given = rest.find(isHeaders)
    if (isDecided || response.headersSent) return writeHead(status, ...rest)
    isDecided = true
    const headers = { ...response.getHeaders(), ...(given && lowered(given)) }
    if (!isWorthPacking(status, headers)) return writeHead(status, ...rest)
    response.removeHeader('content-length')
    packer = openPacker(response, plain)
    const { 'content-length': _, ...kept } = given ? lowered(given) : {}
    const vary = [headers.vary, 'accept-encoding'].filter(Boolean).join(', ')
    return writeHead(status, { ...kept, vary, 'content-encoding': 'gzip' })
  }
  /** Without a head the first chunk decides; `more`: it may not be the last. */
  const way = (first: string | Uint8Array = '', more = false): Plain => {
    if (isDecided || response.headersSent) return packer ?? plain
    isDecided = true
    if (response.hasHeader('content-encoding')) return plain
    if (!((comesInParts && more) || first.length >= worthPacking)) return plain
    response.removeHeader('content-length')
    response.appendHeader('vary', 'accept-encoding')
    response.setHeader('content-encoding', 'gzip')
    packer = openPacker(response, plain)
    return packer
  }
  const packed = {
    writeHead: decideByHead,
    write: (chunk: string | Uint8Array) => way(chunk, true).write(chunk),
    end(chunk?: string | Uint8Array) {
      way(chunk).end(chunk)
      return response
    },
    /** Called after each part: a part must not wait for the next one. */
    flush: () => packer?.flush(),
  }
  Object.assign(response, packed)
}

function isWorthPacking(status: number, headers: OutgoingHttpHeaders): boolean {
  if (status < 200 || status === 204 || status === 206 || status === 304 || headers['content-encoding']) return false
  const length = headers['content-length']
  return isText.test(String(headers['content-type'] ?? '')) && (length === undefined || Number(length) >= worthPacking)
}

const isHeaders = (part: unknown): part is OutgoingHttpHeaders =>
  typeof part === 'object' && part !== null && !Array.isArray(part)
const lowered = (given: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))

function openPacker(response: ServerResponse, plain: Plain): Gzip {
  const packer = createGzip({ level: 4 })
  packer.on('data', (chunk: Uint8Array) => {
    if (plain.write(chunk)) return
    packer.pause()
    response.once('drain', () => packer.resume())
  })
  packer.on('drain', () => response.emit('drain'))
  packer.on('end', () => plain.end())
  response.once('close', () => packer.destroy())
  return packer
}
