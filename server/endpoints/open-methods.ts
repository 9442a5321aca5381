import type { IncomingMessage, ServerResponse } from 'node:http'

/** Public and read-only: the feeds and the public pages. */
const readOnly = /^\/(?:feeds|(?:en\/)?ban-tin)(?:[/?]|$)/
const allow = 'GET, HEAD, OPTIONS'

/** Answers requests that do not read: the allowed methods for OPTIONS, 405 for all others. */
export function answerMethod(request: IncomingMessage, response: ServerResponse): boolean {
  const { method = 'GET', url = '/' } = request
  if (!readOnly.test(url) || method === 'GET' || method === 'HEAD') return false
  const headers = { allow, 'access-control-allow-origin': '*' }
  if (method === 'OPTIONS') {
    const asked = { 'access-control-allow-methods': allow, 'access-control-max-age': '86400' }
    response.writeHead(204, { ...headers, ...asked, 'cache-control': 'public, max-age=86400' }).end()
    return true
  }
  // The request body is not read.
  response.writeHead(405, { ...headers, connection: 'close', 'content-type': 'text/plain; charset=utf-8' })
  response.end(`only ${allow}`)
  return true
}
