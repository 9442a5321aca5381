import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'

type Answer = (request: IncomingMessage, response: ServerResponse, otherwise: () => void) => void

const address = '/_next/static/'
const year = 31_536_000

/**
 * Hands out the built scripts and styles, packed with brotli when the build packed them: a fifth smaller than what Next
 * packs on the way. Their names change with their content, so a browser keeps them. Without a build Next answers.
 */
export function builtFiles(root: string): Answer {
  const folder = join(root, '.next', 'static')
  if (!existsSync(folder)) return (_request, _response, otherwise) => otherwise()
  const serve = sirv(folder, { brotli: true, gzip: true, immutable: true, maxAge: year })
  return (request, response, otherwise) => {
    const url = request.url ?? ''
    if (!url.startsWith(address) || (request.method !== 'GET' && request.method !== 'HEAD')) return otherwise()
    // It looks for its files under its own folder, whatever the address they are known by outside.
    request.url = url.slice(address.length - 1)
    serve(request, response, () => {
      request.url = url
      otherwise()
    })
  }
}
