import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { SubType } from '#server/incidents/rules/sub-types.ts'
import { unsortedCategory } from '#server/reports/rules/suggest-category.ts'
import {
  type CityAgency,
  type CityCategory,
  cityAgencies,
  cityAreas,
  cityCalendars,
  cityCategories,
  compiledCity,
} from './city.ts'
import { buildPlaces, type Places } from './places.ts'
import { Random, WeightedTable } from './random.ts'
import { readScenes, type SceneTables, tabulateScenes } from './scenes.ts'
import type { PhotoShelf } from './shelf.ts'
import { cityStaff, type Staff } from './staff.ts'
import { uuidAt } from './uuid.ts'
import type { Voices } from './voices.ts'

/** An incident whose urgent reports are worked on day and night. */
export type Storm = {
  id: string
  label: string
  startsAt: Date
  endsAt: Date | null
  stormMode: true
  /** The incident matcher for new reports. */
  matcher: { subTypes: SubType[]; keywords: string[] }
}

/** All input from which the histories of reports are generated. */
export type World = {
  seed: string
  /** The city's current hour. */
  today: Date
  /** The hour of the first seeding: later runs generate the same data for the time before it. */
  first: Date
  /** The hours at which the city was made and continued: at each a morning's work waits at the desk. */
  openings: readonly Date[]
  agencies: ReadonlyMap<string, CityAgency>
  areaIds: ReadonlyMap<string, number>
  categories: ReadonlyMap<string, CityCategory>
  times: ReadonlyMap<string, WorkingTime>
  places: Places
  scenes: SceneTables
  staff: Staff
  voices: Voices
  photos: PhotoShelf
  incidents: { yagi: Storm; rain: Storm }
  /** Reports about the rain are received until then. */
  rainUntil: Date
  categoryTable: WeightedTable<string>
  stormTable: WeightedTable<string>
}

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
/** The weight of reports out of scope, including spam and tests: nearly five in a hundred. */
const unsortedWeight = 5
/** The weights of categories in a storm. */
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

const dayMillis = 86_400_000

type Circumstances = {
  seed: string
  today: Date
  first: Date
  openings: readonly Date[]
  voices: Voices
  photos: PhotoShelf
}

export async function buildWorld(circumstances: Circumstances): Promise<World> {
  const { seed, today, first, openings, voices, photos } = circumstances
  const agencies = cityAgencies()
  const calendars = cityCalendars()
  const categories = cityCategories()
  const leaves = categories.filter((category) => category.parentCode !== null)
  const ids = new Random(`${seed}/incidents`)
  const yagi: Storm = {
    id: uuidAt(ids, new Date('2024-09-06T07:30:00+07:00')),
    label: 'sau bão',
    startsAt: new Date('2024-09-06T00:00:00+07:00'),
    endsAt: new Date('2024-09-12T00:00:00+07:00'),
    stormMode: true,
    matcher: {
      subTypes: ['fallen_tree', 'flooding', 'power', 'roof', 'landslide', 'rescue', 'relief', 'telecom'],
      keywords: ['bão', 'cây đổ', 'ngập', 'tốc mái', 'mất điện', 'sạt lở'],
    },
  }
  const rainFrom = new Date(first.getTime() - 2.4 * dayMillis)
  const rain: Storm = {
    id: uuidAt(ids.fork('rain'), rainFrom),
    label: 'mưa lớn',
    startsAt: rainFrom,
    endsAt: null,
    stormMode: true,
    matcher: {
      subTypes: ['flooding', 'power', 'roof', 'landslide', 'rescue'],
      keywords: ['ngập', 'úng', 'nước dâng', 'mưa lớn', 'cây đổ'],
    },
  }
  return {
    seed,
    today,
    first,
    openings,
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    areaIds: new Map(cityAreas().map((area) => [area.code, area.id as number])),
    categories: new Map(leaves.map((category) => [category.code, category])),
    times: compiledCity(calendars),
    places: buildPlaces(seed),
    scenes: tabulateScenes(readScenes()),
    staff: await cityStaff(seed, agencies, first),
    voices,
    photos,
    incidents: { yagi, rain },
    rainUntil: new Date(first.getTime() + 2 * dayMillis),
    categoryTable: new WeightedTable(
      leaves.map(({ code, parentCode }) => [code, everydayWeight(code, parentCode, leaves)] as const),
    ),
    stormTable: new WeightedTable(Object.entries(stormy)),
  }
}

function everydayWeight(code: string, parentCode: string | null | undefined, leaves: readonly CityCategory[]): number {
  const siblings = leaves.filter((leaf) => leaf.parentCode === parentCode)
  const weight = (everyday[parentCode ?? ''] ?? 1) / siblings.length
  if (code === unsortedCategory) return unsortedWeight
  // Common categories come first in the table; rescues and landslides are rare without a storm.
  return weight * (1.5 - siblings.findIndex((leaf) => leaf.code === code) / siblings.length)
}

export function categoryOf({ categories }: Pick<World, 'categories'>, code: string): CityCategory {
  const category = categories.get(code)
  if (!category) throw new Error(`no category ${code}`)
  return category
}

/** How often people choose a wrong category, and how often it is at least of the right group. */
const mistakenShare = 0.06
const nearlyRightShare = 0.7

/** The category under which a report is received: mostly the right one. A wrong one promises the same. */
export function declaredCategory({ categories }: World, random: Random, right: CityCategory): CityCategory {
  if (right.code === unsortedCategory || !random.chance(mistakenShare)) return right
  const alike = [...categories.values()].filter(
    (other) =>
      other.code !== right.code &&
      other.code !== unsortedCategory &&
      other.intakeMinutes === right.intakeMinutes &&
      other.defaultSeverity === right.defaultSeverity,
  )
  const near = alike.filter(({ parentCode }) => parentCode === right.parentCode)
  const among = near.length > 0 && random.chance(nearlyRightShare) ? near : alike
  return among.length > 0 ? random.pick(among) : right
}
