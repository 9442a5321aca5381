import type { IncomingMessage, ServerResponse } from 'node:http'
import { SetupError } from '#db/setup-error.ts'
import type { Visit } from '#server/endpoints/request.ts'
import { log } from '#server/platform/log.ts'
import { feedLimits } from '#server/platform/rules/limits.ts'
import { type AlertKey, alertKey } from '../alert-key.ts'
import { answerFresh, openToAll, tagOf } from './conditional.ts'

const maxAge = 300

/** The keys with which readers verify that an alert is the city's. */
export async function handleAlertKey(req: IncomingMessage, res: ServerResponse, { isShared }: Visit): Promise<boolean> {
  if (req.url !== '/feeds/alerts.pem') return false
  const key = await keyOrRefusal(res)
  if (!key) return true
  const { published, changedAt } = key
  await answerFresh(req, res, { tag: tagOf(published), changedAt, maxAge, isShared }, async () => ({
    type: 'application/x-pem-file',
    text: published,
  }))
  return true
}

/** The key. Without one, answers 503, logs what to set and returns null. */
export async function keyOrRefusal(res: ServerResponse): Promise<AlertKey | null> {
  try {
    return await alertKey()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    log.error({ alarm: 'no_alert_key' }, error.message)
    const headers = { ...openToAll, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
    res
      .writeHead(503, { ...headers, 'retry-after': String(feedLimits.maxAgeSeconds) })
      .end('alerts cannot be signed at present, and none is handed out unsigned')
    return null
  }
}
