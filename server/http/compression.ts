import type { IncomingMessage, ServerResponse } from 'node:http'
import { createGzip, type Gzip } from 'node:zlib'

type Plain = { write(chunk: string | Uint8Array): boolean; end(chunk?: string | Uint8Array): unknown }

/** In bytes. A shorter response fits into one packet, and compressing it costs more time than it saves. */
const worthPacking = 1400

/** Compresses the response if the client accepts gzip and it is long enough, or comes line by line in parts. */
export function compressAnswer(request: IncomingMessage, response: ServerResponse): void {
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return
  const plain: Plain = { write: response.write.bind(response), end: response.end.bind(response) }
  const comesInParts = request.headers['trpc-accept'] === 'application/jsonl'
  let packer: Gzip | undefined

  /** The first chunk decides, before the headers are sent; `more`: it may not be the last. */
  const way = (first: string | Uint8Array = '', more = false): Plain => {
    if (!packer && !response.headersSent && ((comesInParts && more) || first.length >= worthPacking)) {
      packer = openPacker(response, plain)
    }
    return packer ?? plain
  }
  const packed = {
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

function openPacker(response: ServerResponse, plain: Plain): Gzip {
  response.removeHeader('content-length')
  response.appendHeader('vary', 'accept-encoding')
  response.setHeader('content-encoding', 'gzip')
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
