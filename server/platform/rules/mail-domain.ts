/** One plain address: nothing that a mail server could read as several. */
const plainAddress = /^[^\s,;:<>()"@]+@([^\s,;:<>()"@]+)$/

/** Whether mail may go to an address: its domain is one of those allowed, or below one of them. */
export function isAllowedAddress(address: string, domains: readonly string[]): boolean {
  const domain = plainAddress.exec(address)?.[1]?.toLowerCase()
  return domain !== undefined && domains.some((allowed) => domain === allowed || domain.endsWith(`.${allowed}`))
}
