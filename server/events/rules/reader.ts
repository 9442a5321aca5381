import { DomainError } from '#server/platform/errors.ts'

/** The reader of the log. This domain comes before the accounts and knows only this much of them. */
export type Reader = {
  kind: string
  id: string | null
  grants: readonly { role: string; cityWide: boolean; agencyIds: readonly string[] }[]
}

/** The agencies whose part of the log may be read, or all of it. */
export type ReadingScope = 'all' | readonly string[]

const readingRoles: readonly string[] = ['admin', 'auditor']

/** What this reader may see of the log: admins and auditors, each within the agencies of that role. */
export function readingScopeOf({ kind, grants }: Reader, roles: readonly string[] = readingRoles): ReadingScope {
  if (kind === 'robot') return 'all'
  const held = grants.filter(({ role }) => roles.includes(role))
  if (kind !== 'staff' || held.length === 0) throw new DomainError('forbidden')
  if (held.some(({ cityWide }) => cityWide)) return 'all'
  return [...new Set(held.flatMap(({ agencyIds }) => agencyIds))]
}
