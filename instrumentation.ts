import type { Instrumentation } from 'next'
import { isOwnDigest } from '#server/platform/rules/digest.ts'

/**
 * What Next could not draw, under the code that the page shows. Where a procedure failed, its own line stands in the
 * log already.
 */
export const onRequestError: Instrumentation.onRequestError = async (error, { path, headers }, { routePath }) => {
  const { digest } = error as { digest?: string }
  if (isOwnDigest(digest) || process.env.NEXT_RUNTIME !== 'nodejs') return
  const { log } = await import('#server/platform/log.ts')
  const [address] = path.split('?')
  const place = { route: routePath, path: address, requestId: headers['x-request-id'] }
  log.error({ err: error, fault: digest, ...place }, 'page failed')
}
