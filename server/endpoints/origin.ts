import type { IncomingMessage } from 'node:http'

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

type Home = { appUrl: URL | undefined; scheme: 'http' | 'https' }

export const isReading = ({ method }: Pick<IncomingMessage, 'method'>): boolean => readingMethods.has(method ?? 'GET')

/**
 * Whether a request would change something on behalf of a page that is not ours. A browser always says where such a
 * request comes from; who does not say it is refused too. Only next-auth's own door also opens without, with its token.
 */
export function isForeign(
  request: Pick<IncomingMessage, 'method' | 'headers' | 'url'>,
  { appUrl, scheme }: Home,
): boolean {
  if (isReading(request)) return false
  const { origin, host } = request.headers
  if (!origin) return !request.url?.startsWith('/api/auth/')
  if (origin === appUrl?.origin) return false
  // Behind https nothing but the announced address counts; without it the desk answers under any name of the machine.
  return appUrl?.protocol === 'https:' || !host || origin !== `${scheme}://${host.toLowerCase()}`
}
