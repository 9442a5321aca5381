import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isRange, rangesOf } from '#server/platform/ranges.ts'
import type { CallFailure } from './rules/call-result.ts'

/** Hosts, addresses and ranges of the city that may be called although they are private, and without TLS. */
export type Internal = readonly string[]

/** The permission to call an address, checked by its name and again by each network address of that name. */
export type Destination = {
  url: URL
  /** Whether this process may connect to the network address. */
  allows: (address: string) => boolean
}

const longest = 2000
/** The globally routed range of IPv6; the library knows only the exceptions within it. */
const routed = rangesOf(['2000::/3'])

/** Parses the address of a call. `URL` normalises other notations of IPv4 (hexadecimal, octal, a single number). */
export function destinationOf(address: string, internal: Internal): Destination | CallFailure {
  const url = address.length <= longest && URL.canParse(address) ? new URL(address) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) return 'invalid_address'
  const host = hostOf(url)
  const inRanges = rangesOf(internal.filter(isRange))
  const isInternal = (each: string) => inRanges(plainOf(each))
  const isNamed = internal.some((each) => each.toLowerCase() === host)
  const isLiteral = isIP(host) !== 0
  if (url.protocol === 'http:' && !isNamed && !(isLiteral && isInternal(host))) return 'needs_https'
  const allows = (each: string) => isNamed || isInternal(each) || isPublic(each)
  if (isLiteral && !allows(host)) return 'address_not_allowed'
  return { url, allows }
}

/** The host without the brackets of IPv6 and without the final dot of a complete name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')

/** Whether any network may route the address: not private, local, reserved, or embedded in another address. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false
  const plain = plainOf(address)
  return ipaddr.parse(plain).range() === 'unicast' && (isIP(plain) === 4 || routed(plain))
}

/** Converts IPv4 addresses in IPv6 notation to IPv4. */
const plainOf = (address: string): string => (isIP(address) === 0 ? address : ipaddr.process(address).toString())
