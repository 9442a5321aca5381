/** Whether mail may go to an address: its domain is one of those allowed, or below one of them. */
export function isAllowedAddress(address: string, domains: readonly string[]): boolean {
  const domain = address.split('@').at(-1)?.toLowerCase() ?? ''
  return domains.some((allowed) => domain === allowed || domain.endsWith(`.${allowed}`))
}
