import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'

type Answer = (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void

const address = '/_next/static/'
const year = 31_536_000

/**
 * Serves the built scripts and styles, compressed with brotli at build time: a fifth smaller than Next's compression on
 * the fly. Their names change with their content, so browsers cache them permanently. Without a build Next answers.
 */
export function builtFiles(root: string): Answer {
  const folder = join(root, '.next', 'static')
  if (!existsSync(folder)) return (_request, _response, otherwise) => otherwise()
  const serve = sirv(folder, { brotli: true, gzip: true, immutable: true, maxAge: year })
  return (request, response, otherwise) => {
    const url = request.url ?? ''
    if (!url.startsWith(address) || (request.method !== 'GET' && request.method !== 'HEAD')) return otherwise()
    // The file server looks for files relative to its own folder.
    request.url = url.slice(address.length - 1)
    serve(request, response, () => {
      request.url = url
      otherwise()
    })
  }
}
