import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Visit } from '#server/http/request.ts'
import { alertKey } from '../alert-key.ts'
import { answerFresh, tagOf } from './conditional.ts'

const maxAge = 300

/** The keys by which readers check that an alert is the city's. */
export async function handleAlertKey(req: IncomingMessage, res: ServerResponse, { isShared }: Visit): Promise<boolean> {
  if (req.url !== '/feeds/alerts.pem') return false
  const { published, changedAt } = await alertKey()
  await answerFresh(req, res, { tag: tagOf(published), changedAt, maxAge, isShared }, async () => ({
    type: 'application/x-pem-file',
    text: published,
  }))
  return true
}
