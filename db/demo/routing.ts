import { committeeOf, inOffice, leadAgencyOf } from '#server/categories/rules/routing.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { CityAgency, CityCategory } from './city.ts'
import type { Commune } from './places.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

/** Districts ended with June 2025: since then the current lead agencies and the communes' committees answer. */
const districtsEnded = '2025-07-01'
/** The city-wide agency, for categories without another lead. */
const cityDesk = 'tt-pvhcc'

/** The category table names some partners by kind: the People's Committee of the place, the city's police. */
const localCommittee = 'ubnd_xa'
const cityPolice = 'cong_an'

/** The agency that gets a report on that day, by the rules in force then. */
export function agencyFor(world: World, category: CityCategory, commune: Commune, at: Date): CityAgency {
  const day = localDayOf(at)
  const lead = day < districtsEnded ? category.formerLeadAgencyId : (category.leadAgencyId ?? null)
  const found = leadAgencyOf({ category: { leadAgencyId: lead }, areaCodes: codesOf(commune), day }, world.agencies)
  return agencyNamed(world, found ?? cityDesk)
}

/** The coordinating agencies of the category, computed as the desk does. */
export function partnersOf(world: World, category: CityCategory, commune: Commune, at: Date): string[] {
  const day = localDayOf(at)
  return category.coordinating.flatMap((partner) => {
    const found =
      partner === localCommittee
        ? committeeOf([commune.code], day, world.agencies)
        : inOffice(partner === cityPolice ? 'cong-an-tp' : partner, day, world.agencies)
    return found ?? []
  })
}

type Mistaken = { category: CityCategory; commune: Commune; at: Date; tried: readonly string[] }

/**
 * A plausible wrong agency that has not had the report yet: a partner of the category, the committee of the place, or
 * that of a nearby place.
 */
export function wrongAgencyFor(world: World, random: Random, { category, commune, at, tried }: Mistaken): CityAgency {
  const day = localDayOf(at)
  const isNew = (id: string) => id !== agencyFor(world, category, commune, at).id && !tried.includes(id)
  const here = committeeOf(codesOf(commune), day, world.agencies)
  const likely = [...partnersOf(world, category, commune, at), ...(here ? [here] : [])].filter(isNew)
  if (likely.length > 0) return agencyNamed(world, random.pick(likely))
  const nearby = [...world.places.communes]
    .sort((a, b) => distance(commune, a) - distance(commune, b))
    .flatMap((next) => committeeOf(codesOf(next), day, world.agencies) ?? [])
    .filter((id, place, all) => isNew(id) && all.indexOf(id) === place)
  return agencyNamed(world, random.pick(nearby.slice(0, 3)))
}

const distance = (from: Commune, to: Commune) =>
  Math.hypot(from.label.lon - to.label.lon, from.label.lat - to.label.lat)

/** The agency that takes over the reports of an ended agency. */
export function successorOf(world: World, ended: CityAgency, commune: Commune, at: Date): CityAgency {
  const day = localDayOf(at)
  const successor = ended.successorId === null ? null : inOffice(ended.successorId, day, world.agencies)
  const id = successor ?? committeeOf(codesOf(commune), day, world.agencies) ?? cityDesk
  return agencyNamed(world, id)
}

const codesOf = ({ code, oldDistrictCode }: Commune) => [code, oldDistrictCode]

function agencyNamed(world: World, id: string): CityAgency {
  const agency = world.agencies.get(id)
  if (!agency) throw new Error(`no agency ${id}`)
  return agency
}
