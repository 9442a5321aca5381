import { inTreeOrder, type Placed } from '#server/agencies/rules/tree.ts'
import type { AgencyRow } from '#server/organisation/queries.ts'
import { fold } from '#server/platform/rules/text.ts'

type Wanted = { search: string; withEnded: boolean; today: string }

/** What matches the search, in the order of the tree; the ancestors of a match stay, so that its place is visible. */
export function shownAgencies(
  agencies: readonly AgencyRow[],
  { search, withEnded, today }: Wanted,
): Placed<AgencyRow>[] {
  const words = fold(search).split(/\s+/).filter(Boolean)
  const byId = new Map(agencies.map((agency) => [agency.id, agency]))
  const kept = new Set<string>()
  for (const agency of agencies) {
    const hasEnded = agency.validTo !== null && agency.validTo < today
    if (hasEnded && !withEnded) continue
    const text = fold(`${agency.id} ${agency.name} ${agency.shortName} ${agency.areaCode ?? ''}`)
    if (!words.every((word) => text.includes(word))) continue
    for (let at: AgencyRow | undefined = agency; at && !kept.has(at.id); at = byId.get(at.parentId ?? ''))
      kept.add(at.id)
  }
  return inTreeOrder(agencies.filter(({ id }) => kept.has(id)))
}
