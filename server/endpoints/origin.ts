import type { IncomingMessage } from 'node:http'

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

type Home = { appUrl: URL | undefined; scheme: 'http' | 'https' }

export const isReading = ({ method }: Pick<IncomingMessage, 'method'>): boolean => readingMethods.has(method ?? 'GET')

/**
 * Whether a request would change something on behalf of a foreign page. Browsers always send the origin of such a
 * request; a request without an origin is refused too. Only next-auth's own endpoint accepts requests without one, as
 * it checks its own token, and the endpoints for programs, which check a key and read no cookie.
 */
export function isForeign(
  request: Pick<IncomingMessage, 'method' | 'headers' | 'url'>,
  { appUrl, scheme }: Home,
  checks: 'origin' | 'key' = 'origin',
): boolean {
  if (isReading(request)) return false
  const { origin, host } = request.headers
  if (!origin) return checks === 'origin' && !request.url?.startsWith('/api/auth/')
  if (origin === appUrl?.origin) return false
  // With https only the address in APP_URL is accepted; without it the desk answers under any name of the machine.
  return appUrl?.protocol === 'https:' || !host || origin !== `${scheme}://${host.toLowerCase()}`
}
