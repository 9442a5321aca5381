import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { leadAgencyOf } from '#server/categories/rules/routing.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import {
  type CityAgency,
  type CityCategory,
  cityAgencies,
  cityAreas,
  cityCalendars,
  cityCategories,
  compiledCity,
} from './city.ts'
import { buildPlaces, type Commune, type Places } from './places.ts'
import { Random, WeightedTable } from './random.ts'
import { readScenes, type SceneTables, tabulateScenes } from './scenes.ts'
import { cityStaff, type Staff } from './staff.ts'
import { uuidAt } from './uuid.ts'
import type { Voices } from './voices.ts'

export type PhotoShelf = {
  pick(random: Random, motif: string | null, categoryCode: string, stage: 'before' | 'after'): string | null
}

/** Everything a report's life is drawn from. */
export type World = {
  seed: string
  /** The hour the city stands at. */
  today: Date
  /** The hour it stood at when it was first seeded: what was drawn then is drawn alike ever after. */
  first: Date
  agencies: ReadonlyMap<string, CityAgency>
  areaIds: ReadonlyMap<string, number>
  categories: ReadonlyMap<string, CityCategory>
  times: ReadonlyMap<string, WorkingTime>
  places: Places
  scenes: SceneTables
  staff: Staff
  voices: Voices
  photos: PhotoShelf
  incidents: { yagi: string; rain: string; rainFrom: Date; rainTo: Date }
  categoryTable: WeightedTable<string>
  stormTable: WeightedTable<string>
}

/** Districts ended with June 2025: from then on the present lead agencies and the communes' committees answer. */
const districtsEnded = '2025-07-01'

/** How often people write about what, by parent category. */
const everyday: Record<string, number> = {
  GT: 17,
  DT: 16,
  MT: 17,
  CX: 6,
  TN: 6,
  CS: 5,
  DN: 6,
  VT: 3,
  XD: 6,
  DD: 3,
  AN: 4,
  TL: 0.6,
  XB: 3,
  YT: 2,
  GD: 2.5,
  VH: 2,
  NN: 1.5,
  XH: 1.5,
  KD: 1,
  TT: 4,
  LP: 0.8,
  KH: 2,
}
/** What a storm brings. */
const stormy: Record<string, number> = {
  'CX-01': 34,
  'CX-02': 6,
  'TN-01': 22,
  'DN-01': 5,
  'DN-02': 7,
  'CS-02': 4,
  'XD-04': 6,
  'TL-01': 3,
  'TL-02': 3,
  'TL-04': 5,
  'GT-02': 2,
  'VT-01': 2,
  'XD-02': 1,
}

type Circumstances = { seed: string; today: Date; first: Date; voices: Voices; photos: PhotoShelf }

export async function buildWorld({ seed, today, first, voices, photos }: Circumstances): Promise<World> {
  const agencies = cityAgencies()
  const calendars = cityCalendars()
  const categories = cityCategories()
  const leaves = categories.filter((category) => category.parentCode !== null)
  const ids = new Random(`${seed}/incidents`)
  const rainFrom = new Date(first.getTime() - 2.4 * 86_400_000)
  return {
    seed,
    today,
    first,
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    areaIds: new Map(cityAreas().map((area) => [area.code, area.id as number])),
    categories: new Map(leaves.map((category) => [category.code, category])),
    times: compiledCity(calendars),
    places: buildPlaces(seed),
    scenes: tabulateScenes(readScenes()),
    staff: await cityStaff(seed, agencies, first),
    voices,
    photos,
    incidents: {
      yagi: uuidAt(ids, new Date('2024-09-06T07:30:00+07:00')),
      rain: uuidAt(ids.fork('rain'), new Date('2025-01-01T00:00:00+07:00')),
      rainFrom,
      rainTo: new Date(first.getTime() + 2 * 86_400_000),
    },
    categoryTable: new WeightedTable(
      leaves.map(({ code, parentCode }) => [code, everydayWeight(code, parentCode, leaves)] as const),
    ),
    stormTable: new WeightedTable(Object.entries(stormy)),
  }
}

function everydayWeight(code: string, parentCode: string | null | undefined, leaves: readonly CityCategory[]): number {
  const siblings = leaves.filter((leaf) => leaf.parentCode === parentCode)
  const weight = (everyday[parentCode ?? ''] ?? 1) / siblings.length
  // The everyday ones stand first in the table; rescues and landslides are rare without a storm.
  return code === 'KH-99'
    ? weight * 1.4
    : weight * (1.5 - siblings.findIndex((leaf) => leaf.code === code) / siblings.length)
}

/** The agency a report goes to on that day, by the rules that were in force then. */
export function agencyFor(world: World, category: CityCategory, commune: Commune, at: Date): CityAgency {
  const day = localDayOf(at)
  const lead = day < districtsEnded ? category.formerLeadAgencyId : (category.leadAgencyId ?? null)
  const areaCodes = [commune.code, commune.oldDistrictCode]
  const id = leadAgencyOf({ category: { leadAgencyId: lead }, areaCodes, day }, world.agencies)
  return world.agencies.get(id ?? 'tt-pvhcc') as CityAgency
}
