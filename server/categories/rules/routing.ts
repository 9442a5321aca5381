import { isValidOn, type LocalDay } from '#server/platform/rules/local-day.ts'

export type RoutingAgency = {
  id: string
  /** Official code of the area whose People's Committee this agency is. */
  areaCode: string | null
  validFrom: LocalDay | null
  validTo: LocalDay | null
  successorId: string | null
}

export type RoutingPlace = {
  category: { leadAgencyId: string | null }
  /** The codes by which the place is or was known: its commune, its former district. Empty where no place is known. */
  areaCodes: readonly string[]
  /** The local day on which an agency is needed. */
  day: LocalDay
}

/**
 * The agency that a report of this category at this place goes to: the lead agency of the category or its successor,
 * otherwise the People's Committee of the place. Null where neither exists: a dispatcher must choose.
 */
export function leadAgencyOf(
  { category, areaCodes, day }: RoutingPlace,
  agencies: ReadonlyMap<string, RoutingAgency>,
): string | null {
  const lead = category.leadAgencyId === null ? null : inOffice(category.leadAgencyId, day, agencies)
  return lead ?? committeeOf(areaCodes, day, agencies)
}

/**
 * The agency itself while it is valid, otherwise its first valid successor. Null where it ended without one or has not
 * begun.
 */
export function inOffice(agencyId: string, day: LocalDay, agencies: ReadonlyMap<string, RoutingAgency>): string | null {
  const seen = new Set<string>()
  let agency = agencies.get(agencyId)
  while (agency && !seen.has(agency.id)) {
    if (isValidOn(agency, day)) return agency.id
    seen.add(agency.id)
    agency = agency.successorId === null ? undefined : agencies.get(agency.successorId)
  }
  return null
}

/** The People's Committee of a place on a day. Codes were reused in 2025, so only a valid agency counts. */
export function committeeOf(
  areaCodes: readonly string[],
  day: LocalDay,
  agencies: ReadonlyMap<string, RoutingAgency>,
): string | null {
  for (const code of areaCodes) {
    for (const agency of agencies.values()) {
      if (agency.areaCode === code && isValidOn(agency, day)) return agency.id
    }
  }
  return null
}
