import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { metresBetween } from '#server/areas/rules/distance.ts'
import { fold } from '#server/platform/rules/text.ts'
import { isStreetWord, type Numbers, numbersAround, type Span } from './address.ts'
import { isNamedByKind } from './kinds.ts'
import type { PlaceKind, PlaceSource } from './place.ts'
import type { Reading } from './reading.ts'
import type { Token } from './words.ts'

export type PlaceRow = LonLat & {
  id: number
  source: PlaceSource
  kind: PlaceKind
  name: string
  key: string
  lanes: string
  number: number | null
  letter: string
  areaId: number | null
  west: number
  south: number
  east: number
  north: number
  metres: number
  weight: number
  /** How like the name that was typed; 1 where it is the same. */
  likeness: number
}

/** A place with the numbers that the address gives beside its name. */
export type Match = {
  place: PlaceRow
  /** Where its name stands in the address. */
  span: Span
  numbers: Numbers
  /** The house or lane with these numbers, where it is known. */
  known: PlaceRow | null
  score: number
}

export type Area = LonLat & { id: number }
export type Wishes = {
  /** The wards that the address names, as they are today. */
  areas: readonly Area[]
  areaId?: number | undefined
  near?: LonLat | undefined
}

/** Houses and lanes may lie this far outside the extent of their street, in degrees. */
export const beside = 0.003

/** Whether a place with a number lies on a street, and not on another one of that name. */
function isOn(street: PlaceRow, { lon, lat, areaId }: LonLat & { areaId: number | null }): boolean {
  if (street.source === 'learned' && street.areaId !== null && street.areaId === areaId) return true
  return isWithin(street, { lon, lat }, beside)
}

const isWithin = (extent: PlaceRow, { lon, lat }: LonLat, margin: number) =>
  lon >= extent.west - margin &&
  lon <= extent.east + margin &&
  lat >= extent.south - margin &&
  lat <= extent.north + margin

export type Rows = {
  named: readonly PlaceRow[]
  numbered: readonly PlaceRow[]
  /** Where the name of a place stands in the address, by its key. */
  spans: ReadonlyMap<string, readonly Span[]>
}

/** The places that an address may mean, the likeliest first. */
export function matches(reading: Reading, { named, numbered, spans }: Rows, wishes: Wishes): Match[] {
  const found: Match[] = []
  const spansOf = ({ key }: PlaceRow) => spans.get(key) ?? []
  const streets = withoutRepeats(named)
  const kept = longestOf(streets.flatMap(spansOf))
  const add = (place: PlaceRow, span: Span, rows: readonly PlaceRow[], alone: boolean) => {
    const { from, to: _, ...numbers } = numbersAround(reading.tokens, span)
    const known = knownNumber(numbers, rows)
    if (alone && !known) return
    if (isOfLandmark(reading, span)) return
    found.push({ place, span, numbers, known, score: scoreOf(reading, { place, span, numbers, known, from }, wishes) })
  }
  for (const place of streets) {
    const rows = place.kind === 'street' ? numbered.filter((each) => isOf(each, place)) : []
    for (const span of spansOf(place)) if (isKept(span, kept)) add(place, span, rows, false)
  }
  // Lanes and houses of streets that are not known themselves.
  for (const place of numbered) {
    if (streets.some((street) => street.kind === 'street' && isOf(place, street))) continue
    for (const span of spansOf(place)) add(place, span, [place], true)
  }
  return onlyBest(found)
}

/** Whether a house or lane belongs to a street, and not to another one of that name. */
export const isOf = (each: PlaceRow, street: PlaceRow): boolean => each.key === street.key && isOn(street, each)

/** What was learned of a street of a file is in that street. */
function withoutRepeats(rows: readonly PlaceRow[]): PlaceRow[] {
  const first = rows.filter(({ source }) => source === 'file')
  const rest = rows.filter(({ source }) => source === 'learned')
  return [...first, ...rest.filter((row) => !first.some((one) => one.key === row.key && isWithin(one, row, beside)))]
}

/** In "gần chợ Đồng Xuân" a street Đồng Xuân is not meant, wherever there is one. */
function isOfLandmark({ tokens, phrases }: Reading, { from }: Span): boolean {
  const phrase = phrases.find((each) => each.from < from && each.to > from)
  return phrase !== undefined && isNamedByKind(tokens.slice(phrase.from, from))
}

/** A name within a longer name that was also found means nothing: "Giải Phóng" in "Ngã tư Giải Phóng". */
const longestOf = (spans: readonly Span[]): Span[] =>
  spans.filter((span) => !spans.some((other) => holds(other, span) && !holds(span, other)))
const holds = (outer: Span, inner: Span) => outer.from <= inner.from && outer.to >= inner.to
const isKept = (span: Span, kept: readonly Span[]) => kept.some(({ from, to }) => from === span.from && to === span.to)

/** The house with these numbers, else the innermost lane of them that is known. */
function knownNumber({ lanes, number, letter }: Numbers, rows: readonly PlaceRow[]): PlaceRow | null {
  const path = lanes.join('/')
  if (number !== null) {
    const houses = rows.filter((row) => row.kind === 'house' && row.lanes === path && row.number === number)
    const best = houses.find((row) => row.letter === letter) ?? houses[0]
    if (best) return best
    // "12/5 Đội Cấn" is the house 5 of lane 12, and also how its lane 5 is written.
    const asLane = [...lanes, `${number}${letter}`].join('/')
    const lane = lanes.length > 0 ? rows.find((row) => row.kind === 'lane' && row.lanes === asLane) : undefined
    if (lane) return lane
  }
  for (let depth = lanes.length; depth > 0; depth -= 1) {
    const lane = rows.find((row) => row.kind === 'lane' && row.lanes === lanes.slice(0, depth).join('/'))
    if (lane) return lane
  }
  return null
}

type Found = Omit<Match, 'score'> & { from: number }

function scoreOf(reading: Reading, { place, span, numbers, known, from: start }: Found, wishes: Wishes): number {
  const { tokens, areas } = reading
  const words = span.to - span.from
  const hasKind = isStreetWord(tokens[span.from - 1])
  const hasNumbers = numbers.number !== null || numbers.lanes.length > 0
  const isOfArea = areas.some(({ from, to }) => span.from >= from && span.from < to)
  const breaksBefore = tokens.slice(0, start).filter(({ kind }) => kind === 'break').length
  const namesBefore = reading.phrases.filter(({ to }) => to <= start).length
  let score = Math.min(words, 4) * 4 * place.likeness ** 2
  if (hasKind) score += place.kind === 'landmark' ? 0 : 6
  if (hasNumbers) score += place.kind === 'landmark' ? -4 : 8
  if (known) score += known.kind === 'house' ? 5 : 3
  if (isOfArea) score -= 30
  // "Ngõ 33" is a lane of its street where another name is given.
  if (isBareLane(place) && reading.phrases.length > 0) score -= 12
  score -= breaksBefore * 3 + namesBefore * 2
  // One common word, alone among others, is hardly a name.
  if (words === 1 && !hasKind && !hasNumbers && tokens.length > 2) score -= 6
  if (place.likeness === 1) score += accentsOf(tokens, span, place)
  if (place.source === 'file') score += 1
  return score + nearnessOf(known ?? place, place, wishes)
}

/** A lane of which the file does not say the street. */
export const isBareLane = ({ key }: PlaceRow): boolean => /^(ngo|ngach|hem|kiet) \d\S*$/.test(key)

/** "Hàng Mã" typed with its accents is not "Hàng Mả". */
function accentsOf(tokens: readonly Token[], { from, to }: Span, { name }: PlaceRow): number {
  const typed = tokens.slice(from, to).map((token) => token.typed)
  if (typed.every((word) => word === fold(word))) return 0
  const own = name.normalize('NFC').toLowerCase()
  return own.includes(typed.join(' ')) ? 3 : -2
}

function nearnessOf(at: LonLat & { areaId: number | null }, place: PlaceRow, { areas, areaId, near }: Wishes): number {
  let score = 0
  if (areas.some(({ id }) => id === at.areaId)) score += 9
  else if (areas.some((area) => isWithin(place, area, 0.012))) score += 5
  if (areaId !== undefined && areaId === at.areaId) score += 3
  if (near) score -= Math.min(4, metresBetween(near, at) / 2000)
  return score
}

/** Each place once, by its best reading. */
function onlyBest(found: readonly Match[]): Match[] {
  const best = new Map<number, Match>()
  for (const match of found) {
    if (match.score > (best.get(match.place.id)?.score ?? -Infinity)) best.set(match.place.id, match)
  }
  return [...best.values()].sort(
    (a, b) =>
      b.score - a.score ||
      b.place.weight - a.place.weight ||
      b.place.metres - a.place.metres ||
      a.place.id - b.place.id,
  )
}
