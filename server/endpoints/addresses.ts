import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { isReading } from './origin.ts'

type Forwarded = { peer: string | undefined; forwardedFor: string | string[] | undefined }

/**
 * The address a request came from: that of the socket, unless it is a trusted proxy's. Then the header is read from its
 * end, where our own proxies wrote, and the first address that is not theirs counts; what stands before it anyone may
 * have made up.
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

/** Whether an address says what it means: each of its percent signs stands for letters that there are. */
export function isReadable(address: string): boolean {
  const [path = '', query = ''] = address.split(/\?(.*)/s)
  try {
    return !decodeURIComponent(path).includes('\0') && !/%00/.test(query) && URL.canParse(address, 'http://desk')
  } catch {
    return false
  }
}

/**
 * The address of a request, null where it says nothing that can be looked up. Whoever mistypes that of a bulletin is a
 * reader like any other: he is led to one where there is none, and told so.
 */
export function readableAddress({ url = '/', method }: Pick<IncomingMessage, 'url' | 'method'>): string | null {
  if (isReadable(url)) return url
  const [, publicPages] = /^((?:\/en)?\/ban-tin)(?:[/?]|$)/.exec(url) ?? []
  return publicPages && isReading({ method }) ? `${publicPages}/-/-` : null
}

const hostName = /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?)(?::\d{1,5})?$/i

/**
 * Whether a `Host` header can be the name of a machine: it goes into the addresses of answers where none is announced.
 */
export const isHost = (host: string | undefined): boolean =>
  host === undefined || (host.length <= 260 && hostName.test(host) && URL.canParse(`http://${host}`))

/** Whether it names the machine itself. */
export const isLoopback = (host: string): boolean => /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/i.test(host)
