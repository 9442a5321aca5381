import { dayAfter, isValidOn, type LocalDay } from '#server/platform/rules/local-day.ts'

export type TreeAgency = {
  id: string
  parentId: string | null
  validFrom: LocalDay | null
  validTo: LocalDay | null
}
type Tree = ReadonlyMap<string, TreeAgency>

/** Why the agency cannot be placed below that parent, as a code; null if it can. `id` null: a new agency. */
export function refusalReasonForPlace(id: string | null, parentId: string | null, tree: Tree, today: LocalDay) {
  const own = id === null ? undefined : tree.get(id)
  if (own?.parentId === null) return parentId === null ? null : 'city_stays'
  if (parentId === null) return 'parent_needed'
  const parent = tree.get(parentId)
  if (!parent) return 'parent_needed'
  for (let at: TreeAgency | undefined = parent; at; at = at.parentId === null ? undefined : tree.get(at.parentId)) {
    if (at.id === id) return 'agency_below_itself'
  }
  // It may stay below its current parent, even if that has ended.
  return own?.parentId !== parentId && parent.validTo !== null && parent.validTo < today ? 'parent_ended' : null
}

type Ending = {
  agency: TreeAgency
  /** The last day in office. */
  validTo: LocalDay
  successorId: string | null
  tree: Tree
  /** Reports at the agency that are open, or handled and planned for a day. */
  openReports: number
}

/**
 * Why an agency cannot end in this way. Its open reports, and those planned for a day, must remain workable: they
 * pass to the successor on the day after, so while there are any, a successor must be named. Reports that an agency
 * without successor receives until its last day stay with its own staff, who continue until they are done; dispatchers
 * may transfer the open ones at any time.
 */
export function refusalReasonForEnding({ agency, validTo, successorId, tree, openReports }: Ending) {
  if (agency.parentId === null) return 'city_stays'
  if (agency.validFrom !== null && validTo < agency.validFrom) return 'ends_before_it_begins'
  const next = dayAfter(validTo)
  const below = [...tree.values()].some((other) => other.parentId === agency.id && lastsBeyond(other, validTo))
  if (below) return 'agencies_below'
  if (successorId === null) return openReports > 0 ? 'successor_needed' : null
  const successor = tree.get(successorId)
  if (!successor || successorId === agency.id || !isValidOn(successor, next)) return 'successor_not_in_office'
  return null
}

const lastsBeyond = ({ validTo }: TreeAgency, day: LocalDay) => validTo === null || validTo > day

export type Placed<A> = { agency: A; depth: number }

/** The agencies in tree order: each below its parent, siblings in input order. */
export function inTreeOrder<A extends { id: string; parentId: string | null }>(agencies: readonly A[]): Placed<A>[] {
  const known = new Set(agencies.map(({ id }) => id))
  const below = new Map<string | null, A[]>()
  for (const agency of agencies) {
    const parent = agency.parentId !== null && known.has(agency.parentId) ? agency.parentId : null
    below.set(parent, [...(below.get(parent) ?? []), agency])
  }
  const placed: Placed<A>[] = []
  const walk = (parent: string | null, depth: number) => {
    for (const agency of below.get(parent) ?? []) {
      placed.push({ agency, depth })
      walk(agency.id, depth + 1)
    }
  }
  walk(null, 0)
  return placed
}
