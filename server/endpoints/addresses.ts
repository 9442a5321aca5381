import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { isReading } from './origin.ts'

type Forwarded = { peer: string | undefined; forwardedFor: string | string[] | undefined }

/**
 * The address a request came from: that of the socket, unless it is a trusted proxy's. Then the header is read from its
 * end, where our own proxies append, and the first address that is not theirs counts; the client may have forged
 * everything before it.
 */
export function clientAddress({ peer, forwardedFor }: Forwarded, isTrusted: (address: string) => boolean): string {
  let client = plainAddress(peer ?? '')
  if (!isTrusted(client)) return client
  const hops = [forwardedFor ?? []].flat().join(',').split(',').reverse()
  for (const hop of hops) {
    const address = plainAddress(hop.trim())
    if (isIP(address) === 0) break
    client = address
    if (!isTrusted(client)) break
  }
  return client
}

/** An IPv4 address that arrived over an IPv6 socket is written the IPv4 way. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

/** Whether an address can be decoded: all its percent encodings are valid. */
export function isReadable(address: string): boolean {
  const [path = '', query = ''] = address.split(/\?(.*)/s)
  try {
    return !decodeURIComponent(path).includes('\0') && !/%00/.test(query) && URL.canParse(address, 'http://desk')
  } catch {
    return false
  }
}

/**
 * The address of a request, null if it cannot be decoded. A reader who mistypes the address of a bulletin is led to an
 * address without a bulletin, whose page says so.
 */
export function readableAddress({ url = '/', method }: Pick<IncomingMessage, 'url' | 'method'>): string | null {
  if (isReadable(url)) return url
  const [, publicPages] = /^((?:\/en)?\/ban-tin)(?:[/?]|$)/.exec(url) ?? []
  return publicPages && isReading({ method }) ? `${publicPages}/-/-` : null
}

const hostName = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?)(?::\d{1,5})?$/i

/**
 * Whether a `Host` header can be the name of a machine: responses contain it in addresses if APP_URL is not set.
 */
export const isHost = (host: string | undefined): boolean =>
  host === undefined || (host.length <= 260 && hostName.test(host) && URL.canParse(`http://${host}`))

/** Whether the host is the local machine. */
export const isLoopback = (host: string): boolean => /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/i.test(host)
