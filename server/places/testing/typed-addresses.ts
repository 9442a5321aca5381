import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { fold } from '#server/platform/rules/text.ts'
import { crossingOf } from '../rules/lines.ts'
import { placeOfFile } from '../rules/named-place.ts'
import type { StreetLine } from '../rules/place.ts'
import { keyOf } from '../rules/words.ts'

/** An address as someone types it, what it means, and where that is. */
export type TypedAddress = {
  kind: string
  text: string
  /** The key of the street or landmark that must come first; of a crossing, both. */
  keys: readonly string[]
  /** The place is along these lines. */
  lines: readonly StreetLine[]
  /** Both lines of a crossing. */
  other?: readonly StreetLine[]
  /** Null where nothing in the text tells which street of this name is meant. */
  point: LonLat | null
}

type Feature = {
  properties: { name: string; kind: string; communes: string[] }
  geometry: { type: string; coordinates: unknown }
}
export type PlaceRow = { name: string; kind: string; lon: string; lat: string; commune_code: string }
export type Ward = {
  old_ward_name: string
  old_district_name: string
  new_commune_code: string
  new_commune_name: string
}

export function readShared(folder: string) {
  const unpacked = (name: string) => gunzipSync(readFileSync(`${folder}/hanoi-osm/${name}`)).toString('utf8')
  const { features } = JSON.parse(unpacked('streets.geojson.gz')) as { features: Feature[] }
  const places = parse(unpacked('places.csv.gz'), { columns: true }) as PlaceRow[]
  const file = readFileSync(`${folder}/hanoi/wards-2025-01-to-communes-2025-07.csv`, 'utf8')
  return { features, places, wards: parse(file, { columns: true, bom: true }) as Ward[] }
}

/** Chance with a seed: the same addresses in every run. */
export function chance(seed: number) {
  let state = seed
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  const pick = <Each>(list: readonly Each[]): Each => list[Math.floor(next() * list.length)] as Each
  const shuffled = <Each>(list: readonly Each[]): Each[] =>
    list
      .map((each) => [next(), each] as const)
      .sort(([a], [b]) => a - b)
      .map(([, each]) => each)
  return { next, pick, shuffled }
}
type Chance = ReturnType<typeof chance>

const linesOf = ({ geometry }: Feature): StreetLine[] =>
  geometry.type === 'LineString' ? [geometry.coordinates as StreetLine] : (geometry.coordinates as StreetLine[])

/** 200 addresses of real streets, houses, lanes, landmarks and crossings, with what people do to them. */
export function typedAddresses(
  { features, places, wards }: ReturnType<typeof readShared>,
  heldOut: ReadonlySet<PlaceRow>,
) {
  const random = chance(22)
  const wardsOf = Map.groupBy(wards, ({ new_commune_code: code }) => code)
  const streets = features
    .map((feature) => ({ feature, named: placeOfFile(feature.properties.name, 'street'), lines: linesOf(feature) }))
    .filter(({ feature, named }) => named && /[a-z]{2}/.test(named.key) && feature.properties.communes.length > 0)
  const isRepeated = repeatedNames([
    ...streets.map(({ named, lines }) => ({
      name: `${named?.key}|${named?.lanes}`,
      at: lines[0]?.[0] as StreetLine[number],
    })),
    ...places.map(({ name, lon, lat }) => ({ name: keyOf(name), at: [Number(lon), Number(lat)] as const })),
  ])
  const texts = { random, wardsOf }
  const take = <Each>(list: readonly Each[], count: number) => random.shuffled(list).slice(0, count)

  const drawn = streets.filter(
    ({ named, feature }) => named?.kind === 'street' && /^(Phố|Đường) /.test(feature.properties.name),
  )
  const lanes = streets.filter(({ named }) => named?.kind === 'lane')
  const houses = places.flatMap((row) => {
    const named = row.kind === 'address' ? placeOfFile(row.name, 'landmark') : null
    return named?.kind === 'house' ? [{ row, named }] : []
  })
  const landmarks = places.filter(({ kind }) =>
    ['hospital', 'high_school', 'university', 'marketplace', 'park', 'mall'].includes(kind),
  )

  const ofHouse = ({ row, named }: (typeof houses)[number], kind: string): TypedAddress => {
    const place = placed(texts, row.commune_code, true)
    const point = { lon: Number(row.lon), lat: Number(row.lat) }
    const lines = [[[point.lon, point.lat] as const]]
    return { kind, text: typedAs(texts, row.name, place.text, 'house'), keys: [named.key], lines, point }
  }
  const ofStreet = ({ feature, named, lines }: (typeof streets)[number]): TypedAddress => {
    const name = `${named?.key}|${named?.lanes}`
    const place = placed(texts, feature.properties.communes[0] ?? '', isRepeated(name))
    const [lon, lat] = lines[0]?.[0] ?? [0, 0]
    const point = isRepeated(name) && !place.isNamed ? null : { lon, lat }
    const kind = named?.kind ?? ''
    return {
      kind,
      text: typedAs(texts, feature.properties.name, place.text, kind),
      keys: [named?.key ?? ''],
      lines,
      point,
    }
  }
  const ofLandmark = (row: PlaceRow): TypedAddress => {
    const name = keyOf(row.name.replace(/\s*[([].*$/, '').trim())
    const place = placed(texts, row.commune_code, isRepeated(keyOf(row.name)))
    const point = { lon: Number(row.lon), lat: Number(row.lat) }
    const isKnown = !isRepeated(keyOf(row.name)) || place.isNamed
    return {
      kind: 'landmark',
      text: typedAs(texts, row.name, place.text, 'landmark'),
      keys: [name],
      lines: [[[point.lon, point.lat]]],
      point: isKnown ? point : null,
    }
  }
  const known = houses.filter(({ row }) => !heldOut.has(row))
  return [
    ...take(known, 60).map((house) => ofHouse(house, 'house')),
    ...take(
      houses.filter(({ row }) => heldOut.has(row)),
      20,
    ).map((house) => ofHouse(house, 'unknown house')),
    ...take(lanes, 45).map(ofStreet),
    ...take(drawn, 35).map(ofStreet),
    ...take(landmarks, 25).map(ofLandmark),
    ...crossings(drawn, random, 15),
  ]
}

/** Names that two things bear more than a kilometre apart. */
function repeatedNames(all: readonly { name: string; at: readonly [number, number] }[]): (name: string) => boolean {
  const first = new Map<string, readonly [number, number]>()
  const repeated = new Set<string>()
  for (const { name, at } of all) {
    const before = first.get(name)
    if (!before) first.set(name, at)
    else if (Math.hypot(before[0] - at[0], before[1] - at[1]) > 0.01) repeated.add(name)
  }
  return (name) => repeated.has(name)
}

type Texts = { random: Chance; wardsOf: Map<string, Ward[]> }

/** The ward and district, as people still name them; more often where the street alone could be another. */
function placed({ random, wardsOf }: Texts, commune: string, isNeeded: boolean): { text: string; isNamed: boolean } {
  const wards = wardsOf.get(commune) ?? []
  if (wards.length === 0 || random.next() > (isNeeded ? 0.9 : 0.5)) {
    return { text: random.pick(['', '', ', Hà Nội', ', TP Hà Nội']), isNamed: false }
  }
  const { old_ward_name: ward, old_district_name: district, new_commune_name: now } = random.pick(wards)
  const short = ward.replace(/^Phường /, 'P. ').replace(/^Xã /, 'xã ')
  return {
    isNamed: true,
    text: random.pick([
      `, ${now}`,
      `, ${ward}, ${district}`,
      `, ${short}, ${district.replace(/^Quận /, 'Q. ').replace(/^Huyện /, 'H. ')}`,
      ` ${ward} ${district}`,
      `, ${ward.replace(/^(Phường|Xã|Thị trấn) /, '')}, ${district.replace(/^(Quận|Huyện|Thị xã) /, '')}`,
      `, ${now}, Hà Nội`,
    ]),
  }
}

/** How people begin and end an address, abbreviate it, leave out accents and mistype. */
function typedAs({ random }: Texts, name: string, where: string, kind: string): string {
  let text = name
  if (kind === 'house') {
    if (random.next() < 0.3) text = text.replace(/^(\d+\S*) (Phố|Đường) /, '$1 ')
    if (random.next() < 0.3) text = random.pick(['số ', 'số nhà ', 'SN ', 'nhà số ']) + text
    if (random.next() < 0.35) text = random.pick(['đối diện ', 'trước cửa ', 'gần ', 'cạnh ', 'phía trước ']) + text
  } else if (kind === 'lane') {
    if (random.next() < 0.3) text = random.pick(['trong ', 'đầu ', 'cuối ', 'khu vực ', 'tại ']) + text
    if (random.next() < 0.15) text = text.replace(/^(Ngõ \d+\S*) /, '$1, ')
    if (random.next() < 0.25) text = text.replace(/ (Phố|Đường) /, random.pick([' ', ' đ. ', ' p. ']))
  } else if (kind === 'street') {
    if (random.next() < 0.4) text = text.replace(/^(Phố|Đường) /, '')
    if (random.next() < 0.3)
      text = random.pick(['dọc đường ', 'trên phố ', 'đầu phố ', 'cuối đường ', 'đoạn đầu ']) + text
  } else {
    if (random.next() < 0.5) text = random.pick(['gần ', 'đối diện ', 'cổng ', 'cạnh ', 'trước cổng ']) + text
    text = text.replace(/Bệnh viện/i, random.pick(['BV', 'bệnh viện', 'bv']))
    text = text.replace(/Trường Đại học|Đại học/i, random.pick(['ĐH', 'đại học', 'trường đại học']))
    text = text.replace(/Trường Trung học phổ thông|Trung học phổ thông/i, random.pick(['THPT', 'trường THPT']))
  }
  if (random.next() < 0.15) text = mistyped(text, random)
  text += where
  if (random.next() < 0.12)
    text += random.pick([', có ổ gà to', ' (gần cột điện)', ', đoạn đang đào đường', ' - ngay sát vỉa hè'])
  const manner = random.next()
  if (manner < 0.4) return fold(text)
  if (manner < 0.5) return text.toLowerCase()
  return manner < 0.58 ? text.toUpperCase() : text
}

/** One slip in the longest word: two letters swapped, one left out, or one twice. */
function mistyped(text: string, { next, pick }: Chance): string {
  const words = text.split(' ')
  const longest = words.filter((word) => /^\p{L}+$/u.test(word)).sort((a, b) => b.length - a.length)[0]
  if (!longest || longest.length < 4) return text
  const at = 1 + Math.floor(next() * (longest.length - 2))
  const letters = [...longest]
  const slip = pick(['swapped', 'left out', 'twice'])
  if (slip === 'swapped') letters.splice(at, 2, letters[at + 1] ?? '', letters[at] ?? '')
  else if (slip === 'left out') letters.splice(at, 1)
  else letters.splice(at, 0, letters[at] ?? '')
  return words.map((word) => (word === longest ? letters.join('') : word)).join(' ')
}

type Drawn = { feature: Feature; named: ReturnType<typeof placeOfFile>; lines: StreetLine[] }

function crossings(streets: readonly Drawn[], random: Chance, count: number): TypedAddress[] {
  const found: TypedAddress[] = []
  const mixed = random.shuffled(streets)
  for (const [at, a] of mixed.entries()) {
    const b = mixed
      .slice(at + 1)
      .find((other) => other.named?.key !== a.named?.key && crossingOf(a.lines, other.lines, 8) !== null)
    if (!b) continue
    const [one, two] = [a, b].map(({ feature }) => feature.properties.name.replace(/^(Phố|Đường) /, ''))
    const text = random.pick([
      `ngã tư ${one} - ${two}`,
      `Ngã ba ${one} và ${two}`,
      `nút giao ${one} – ${two}`,
      `${one} giao ${two}`,
      `nga tu ${fold(one ?? '')} ${fold(two ?? '')}`,
    ])
    found.push({
      kind: 'crossing',
      text,
      keys: [a.named?.key ?? '', b.named?.key ?? ''],
      lines: a.lines,
      other: b.lines,
      point: { lon: 0, lat: 0 },
    })
    if (found.length === count) break
  }
  return found
}
