import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '#server/platform/log.ts'
import { loggedPath } from './rules/logged-path.ts'

/** Not logged: requested all the time by monitoring and by pages; their problems are reported elsewhere. */
const untold = /^\/(?:_next\/|api\/health)/

/** Logs one line per request once it has ended: the path, the status and the duration. */
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
