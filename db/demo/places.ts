import type { MultiPolygon, Polygon } from 'geojson'
import { type AreaIndex, areaOfPoint, indexAreas, type LonLat } from '#server/areas/rules/area-of-point.ts'
import { listOf, readJson, readTable } from './files.ts'
import { goodCommune } from './paces.ts'
import { type Random, Random as RandomStream, WeightedTable } from './random.ts'

export type Commune = {
  code: string
  name: string
  shortName: string
  /** `phuong` for the 51 wards, `xa` for the 75 rural communes. */
  kind: string
  isRural: boolean
  areaKm2: number
  label: LonLat
  oldDistrictCode: string
  oldDistrictName: string
  shape: Polygon | MultiPolygon
  holds: (point: LonLat) => boolean
  roads: readonly Road[]
  villages: readonly string[]
  landmarks: readonly string[]
  schools: readonly string[]
}

/** A road has its own section of the commune, so that reports about it are near each other. */
type Road = { name: string; start: LonLat; end: LonLat; longest: number }

export type Place = {
  commune: Commune
  point: LonLat
  road: string
  /** "ngõ 135 phố Đội Cấn", in the country "xóm 3 thôn Đoài". */
  alley: string
  /** A market, a school, a lake: without a preposition. */
  landmark: string
  school: string
  /** "tổ dân phố số 7", in the country "thôn Đoài". */
  quarter: string
  houseNumber: string
  address: string
}

export type Places = { communes: readonly Commune[]; index: AreaIndex; draw: (random: Random) => Place }

/** The parts of a commune needed to draw a point. */
type Ground = Pick<Commune, 'shape' | 'label' | 'holds'>

type Feature = {
  geometry: Polygon | MultiPolygon
  properties: {
    code: string
    name: string
    short_name: string
    type: string
    area_km2: number
    label_lon: number
    label_lat: number
    main_old_district_code: string
    main_old_district: string
  }
}

const metresPerDegree = 111_320

/** The communes with their streets and villages. The same seed gives each street the same place. */
export function buildPlaces(seed: string): Places {
  const random = new RandomStream(`${seed}/places`)
  const names = new Map(
    readTable<'code' | 'roads' | 'villages' | 'landmarks'>('places.csv').map((row) => [row.code, row]),
  )
  const { features } = readJson<{ features: Feature[] }>('communes-2025.approx.geojson')
  const index = indexAreas(features.map(({ geometry, properties }) => ({ code: properties.code, shape: geometry })))
  const communes = features.map(({ geometry, properties }): Commune => {
    const row = names.get(properties.code)
    if (!row) throw new Error(`places.csv has no row for commune ${properties.code}`)
    const own = random.fork(properties.code)
    const bare: Ground = {
      shape: geometry,
      label: { lon: properties.label_lon, lat: properties.label_lat },
      holds: (point) => areaOfPoint(index, point) === properties.code,
    }
    return {
      ...bare,
      code: properties.code,
      name: properties.name,
      shortName: properties.short_name,
      kind: properties.type,
      isRural: properties.type === 'xa',
      areaKm2: properties.area_km2,
      oldDistrictCode: properties.main_old_district_code,
      oldDistrictName: properties.main_old_district,
      roads: listOf(row.roads).map((name) => layRoad(own, bare, roadName(name), properties.area_km2)),
      villages: listOf(row.villages),
      landmarks: listOf(row.landmarks),
      schools: schoolsOf(properties.short_name),
    }
  })
  const table = new WeightedTable(communes.map((commune) => [commune, weightOf(commune)] as const))
  return {
    communes,
    index,
    draw: (stream) => placeIn(stream, table.draw(stream)),
  }
}

/** A place within the commune: on one of its roads, or anywhere in a village. */
export function placeIn(random: Random, commune: Commune): Place {
  const road = random.pick(commune.roads)
  const village = commune.villages.length > 0 ? random.pick(commune.villages) : null
  const houseNumber = `${random.int(1, road.longest)}`
  const alley = village
    ? random.weighted([
        [`xóm ${random.int(1, 9)} thôn ${village}`, 3],
        [`ngõ ${random.int(2, 60)} ${road.name}`, 2],
        [`xóm ${random.pick(xomNames)} thôn ${village}`, 3],
      ])
    : random.weighted([
        [`ngõ ${random.int(2, road.longest)} ${road.name}`, 7],
        [`ngách ${random.int(2, 60)}/${random.int(2, 40)} ${road.name}`, 2],
        [`ngõ ${random.int(2, 60)} ${road.name}`, 3],
      ])
  const quarter = village ? `thôn ${village}` : `tổ dân phố số ${random.int(1, 32)}`
  const inVillage = village !== null && random.chance(0.55)
  return {
    commune,
    point: inVillage ? pointWithin(random, commune) : pointAlong(random, commune, road),
    road: road.name,
    alley,
    landmark: random.pick(commune.landmarks),
    school: random.pick(commune.schools),
    quarter,
    houseNumber,
    address: addressOf(random, { road: road.name, alley, quarter, houseNumber, inVillage }),
  }
}

/** A random point of the commune, by rejection sampling within its bounding box. */
function pointWithin(random: Random, { shape, label, holds }: Ground): LonLat {
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates
  const outer = polygons.flatMap((rings) => rings[0] ?? [])
  const lons = outer.map(([lon = 0]) => lon)
  const lats = outer.map(([, lat = 0]) => lat)
  const [west, east] = [Math.min(...lons), Math.max(...lons)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const point = rounded({ lon: random.between(west, east), lat: random.between(south, north) })
    if (holds(point)) return point
  }
  return label
}

/** A point at most `metres` away in the same commune. */
export function pointNear(random: Random, { holds }: Pick<Commune, 'holds'>, point: LonLat, metres: number): LonLat {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const near = shifted(point, random.between(0, metres), random.between(0, 2 * Math.PI))
    if (holds(near)) return near
  }
  return point
}

export const codeOfPoint = (places: Places, point: LonLat): string | null => areaOfPoint(places.index, point)

function roadName(name: string): string {
  if (name.startsWith('*')) return `đường ${name.slice(1)}`
  if (name.startsWith('Phố ')) return `phố ${name.slice(4)}`
  return name[0] === name[0]?.toLowerCase() && !/^\d/.test(name) ? name : `phố ${name}`
}

function layRoad(random: Random, commune: Ground, name: string, areaKm2: number): Road {
  const start = pointWithin(random, commune)
  const length = Math.min(300 + Math.sqrt(areaKm2) * 260, 1400)
  return {
    name,
    start,
    end: pointNear(random, commune, start, length),
    longest: random.int(40, areaKm2 > 12 ? 240 : 420),
  }
}

function pointAlong(random: Random, commune: Commune, { start, end }: Road): LonLat {
  const part = random.float()
  const on = { lon: start.lon + (end.lon - start.lon) * part, lat: start.lat + (end.lat - start.lat) * part }
  const near = shifted(on, random.between(0, 25), random.between(0, 2 * Math.PI))
  return commune.holds(near) ? near : start
}

function shifted({ lon, lat }: LonLat, metres: number, bearing: number): LonLat {
  const north = (metres * Math.cos(bearing)) / metresPerDegree
  const east = (metres * Math.sin(bearing)) / (metresPerDegree * Math.cos((lat * Math.PI) / 180))
  return rounded({ lon: lon + east, lat: lat + north })
}

const rounded = ({ lon, lat }: LonLat): LonLat => ({
  lon: Math.round(lon * 1e6) / 1e6,
  lat: Math.round(lat * 1e6) / 1e6,
})

type AddressParts = Pick<Place, 'road' | 'alley' | 'quarter' | 'houseNumber'> & { inVillage: boolean }

function addressOf(random: Random, { road, alley, quarter, houseNumber, inVillage }: AddressParts): string {
  if (inVillage) return random.chance(0.6) ? alley : `${quarter}, ${road}`
  return random.weighted([
    [`${houseNumber} ${road}`, 6],
    [alley, 4],
    [`đối diện ${houseNumber} ${road}`, 1],
    [road, 2],
  ])
}

const schoolsOf = (shortName: string): string[] => {
  const name = shortName.replace(/ - .*/, '')
  return [`trường Tiểu học ${name}`, `trường THCS ${name}`, `trường Mầm non ${name}`, `trường Tiểu học ${name} A`]
}

const xomNames = [
  'Đình',
  'Chùa',
  'Giếng',
  'Đông',
  'Đoài',
  'Trung',
  'Thượng',
  'Hạ',
  'Mới',
  'Bến',
  'Trại',
  'Cầu',
  'Sen',
  'Bãi',
  'Chợ',
]

/**
 * The weight of a commune's reports, roughly by population: the inner city most, remote rural communes least. The ward
 * of the good agency gets more than its people would write: it must have enough promises due, of the same work as
 * others, for the comparison to find it beyond chance.
 */
function weightOf({ code, isRural, areaKm2, oldDistrictCode }: Commune): number {
  if (code === goodCommune) return 100
  if (busyCommunes.has(code)) return 45
  if (!isRural) return innerDistricts.has(oldDistrictCode) ? 13 : 8
  return areaKm2 > 45 ? 1.4 : 2.4
}

/**
 * The wards of the old city, from which most people write: they have enough of the same work to be compared.
 */
const busyCommunes = new Set([
  '00004',
  '00008',
  '00025',
  '00082',
  '00190',
  '00229',
  '00235',
  '00256',
  '00283',
  '00292',
  '00367',
])

const innerDistricts = new Set(['001', '002', '003', '005', '006', '007', '008', '009'])
