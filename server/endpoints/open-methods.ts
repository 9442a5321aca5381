import type { IncomingMessage, ServerResponse } from 'node:http'

/** What everybody may read and nobody may send anything to: the feeds and the public pages. */
const readOnly = /^\/(?:feeds|(?:en\/)?ban-tin)(?:[/?]|$)/
const allow = 'GET, HEAD, OPTIONS'

/** Answers whoever wants something else there than to read: what may be asked (OPTIONS), or that this may not (405). */
export function answerMethod(request: IncomingMessage, response: ServerResponse): boolean {
  const { method = 'GET', url = '/' } = request
  if (!readOnly.test(url) || method === 'GET' || method === 'HEAD') return false
  const headers = { allow, 'access-control-allow-origin': '*' }
  if (method === 'OPTIONS') {
    const asked = { 'access-control-allow-methods': allow, 'access-control-max-age': '86400' }
    response.writeHead(204, { ...headers, ...asked, 'cache-control': 'public, max-age=86400' }).end()
    return true
  }
  // Whatever is being sent is not waited for.
  response.writeHead(405, { ...headers, connection: 'close', 'content-type': 'text/plain; charset=utf-8' })
  response.end(`only ${allow}`)
  return true
}
