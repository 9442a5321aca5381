import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '#server/platform/log.ts'
import { loggedPath } from './rules/logged-path.ts'

/** Asked for without end by whoever watches or draws a page; what is amiss with them stands elsewhere. */
const untold = /^\/(?:_next\/|api\/health)/

/** One line of each request once it has ended: what was asked, how it ended and how long it took. */
export function logRequest(request: IncomingMessage, response: ServerResponse): void {
  const { method, url = '/' } = request
  if (untold.test(url)) return
  const began = performance.now()
  response.once('close', () => {
    const ms = Math.round(performance.now() - began)
    const entry = { requestId: request.headers['x-request-id'], method, path: loggedPath(url), ms }
    if (response.writableFinished) log.info({ ...entry, status: response.statusCode }, 'request')
    else log.info({ ...entry, status: response.headersSent ? response.statusCode : null, aborted: true }, 'request')
  })
}
