import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isRange, rangesOf } from '#server/platform/ranges.ts'
import type { CallFailure } from './rules/call-result.ts'

/** Hosts, addresses and ranges of the city's own that may be called although they are private, and without TLS. */
export type Internal = readonly string[]

/** What is allowed at an address: decided by its name, and again by each address that the name leads to. */
export type Destination = {
  url: URL
  /** Whether this process may connect to the network address. */
  allows: (address: string) => boolean
}

const longest = 2000
/** The part of IPv6 that is routed between networks; the library names only the exceptions within it. */
const routed = rangesOf(['2000::/3'])

/**
 * Reads the address of a call. `URL` already turns other notations of IPv4 (hexadecimal, octal, one number) into the
 * usual one.
 */
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

/** The host without the brackets of IPv6 and without the dot that ends a complete name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')

/** An address that any network may route: not private, not local, not of a special use, not one inside another. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false
  const plain = plainOf(address)
  return ipaddr.parse(plain).range() === 'unicast' && (isIP(plain) === 4 || routed(plain))
}

/** IPv4 that is written as IPv6 as what it is. */
const plainOf = (address: string): string => (isIP(address) === 0 ? address : ipaddr.process(address).toString())
