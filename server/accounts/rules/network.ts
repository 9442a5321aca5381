/** Failed sign-ins are counted by address and network, or by address alone within the city's own networks. */
export const surroundings = ['network', 'address', 'office'] as const
export type Surrounding = (typeof surroundings)[number]

/** The keys under which attempts from one place are counted: the address itself and the network around it. */
export type Place = { address: string; network: string }

/** IPv4: the address and its /24. IPv6: the /64, which belongs to one subscriber, and the /56. */
export function placeOf(ip: string): Place {
  if (!ip.includes(':')) return { address: ip, network: `${ip.split('.').slice(0, 3).join('.')}.0/24` }
  const groups = groupsOf(ip)
  const fourth = groups[3] ?? 0
  const first = groups.slice(0, 3).map(hex)
  return {
    address: `${[...first, hex(fourth)].join(':')}::/64`,
    network: `${[...first, hex(fourth & 0xff00)].join(':')}::/56`,
  }
}

const hex = (group: number): string => group.toString(16)

/** The first four of the eight groups of an IPv6 address, its `::` filled in. */
function groupsOf(ip: string): number[] {
  const [before = '', after] = (ip.split('%')[0] ?? '').split('::')
  const left = before.split(':').filter(Boolean)
  const right = after?.split(':').filter(Boolean) ?? []
  const missing = after === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const all = [...left, ...Array<string>(missing).fill('0'), ...right]
  return all.slice(0, 4).map((group) => Number.parseInt(group, 16) || 0)
}
