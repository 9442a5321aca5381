import type { Instrumentation } from 'next'
import { isOwnDigest } from '#server/platform/rules/digest.ts'

/**
 * Logs a page that Next could not render, under the code that the page shows. A failed procedure has already logged its
 * own line.
 */
export const onRequestError: Instrumentation.onRequestError = async (error, { path, headers }, { routePath }) => {
  const { digest } = error as { digest?: string }
  if (isOwnDigest(digest) || process.env.NEXT_RUNTIME !== 'nodejs') return
  const { log } = await import('#server/platform/log.ts')
  const [address] = path.split('?')
  const place = { route: routePath, path: address, requestId: headers['x-request-id'] }
  log.error({ err: error, fault: digest, ...place }, 'page failed')
}
