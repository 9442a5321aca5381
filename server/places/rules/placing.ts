import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { metresBetween } from '#server/areas/rules/distance.ts'
import { labelOf } from './label.ts'
import { besideLines, crossingOf, middleWhere } from './lines.ts'
import type { Match, PlaceRow } from './match.ts'
import { type KnownNumber, numberOnStreet } from './on-street.ts'
import type { FoundPlace, Precision, StreetLine } from './place.ts'

/** What is known of a street beside its row: its lines, and the houses and lanes on it. */
export type Detail = { lines: readonly StreetLine[]; numbers: readonly (PlaceRow & { lines: StreetLine[] | null })[] }

export type Placed = Omit<FoundPlace, 'areaId' | 'areaName'>

/** Whether the place of a match depends on the detail of its street. */
export const needsDetail = ({ place, known, numbers }: Match): boolean =>
  place.kind === 'street' && (known === null || (numbers.number !== null && known.kind === 'lane'))

/** A lane begins within this distance of its street, in metres. */
const mouth = 120
/** Streets meet where they come as near as this; of learned streets only some points are known. */
const meeting = { drawn: 60, learned: 400 }

/** The part of a long street that is meant: what lies in some communes, or else is nearest to the middle of one. */
export type Wanted = { isIn: (point: LonLat) => boolean; middles: readonly LonLat[] }

/** Where a match lies: at its house or lane, between known numbers of its street, or in the part that is meant. */
export function placedAt(match: Match, detail: Detail | undefined, wanted: Wanted): Placed {
  const { place, known, numbers } = match
  if (known) return placed(known, labelOf(known), known, known.kind === 'house' ? 'house' : 'lane', known.metres)
  if (place.kind !== 'street') return placed(place, labelOf(place), place, 'landmark', place.metres)
  const lanes = numbers.lanes.join('/')
  const outer = Number.parseInt(numbers.lanes[0] ?? '', 10)
  const number = numbers.lanes.length > 0 ? outer : numbers.number
  const lines = detail?.lines ?? []
  const on = number === null || Number.isNaN(number) ? null : numberOnStreet(number, numbersOn(detail), lines)
  if (on) {
    const kind = numbers.number === null ? 'lane' : 'house'
    const label = labelOf({ kind, name: place.name, lanes, number: numbers.number, letter: numbers.letter })
    if (lanes === '') return placed(place, label, on.point, on.metres <= 30 ? 'house' : 'interpolated', on.metres, kind)
    // A lane that is not known begins there, and leads somewhere.
    return placed(place, label, on.point, 'lane', on.metres + 60, kind)
  }
  const part = middleWhere(lines, wanted.isIn) ?? nearestPart(place, lines, wanted)
  return placed(place, labelOf(place), part.point, 'street', Math.round(part.metres))
}

function nearestPart(street: PlaceRow, lines: readonly StreetLine[], { middles }: Wanted) {
  const parts = middles.flatMap((middle) => besideLines(lines, middle) ?? [])
  const [nearest] = parts.sort((a, b) => a.metres - b.metres)
  if (!nearest) return { point: street, metres: street.metres }
  return { point: nearest.point, metres: metresBetween(nearest.point, street) + street.metres }
}

/** Houses where they are, and lanes where they begin at the street. */
function numbersOn(detail: Detail | undefined): KnownNumber[] {
  return (detail?.numbers ?? []).flatMap((row): KnownNumber[] => {
    if (row.number === null) return []
    if (row.kind === 'house') return [{ number: row.number, lon: row.lon, lat: row.lat }]
    const ends = (row.lines ?? []).flatMap((line) => [line[0], line.at(-1)].flatMap((end) => end ?? []))
    const besides = pairsOf(ends).map(([lon, lat]) => besideLines(detail?.lines ?? [], { lon, lat }))
    const nearest = besides.reduce((best, each) => (each && (!best || each.metres < best.metres) ? each : best), null)
    if (nearest) return nearest.metres <= mouth ? [{ number: row.number, ...nearest.point }] : []
    return detail?.lines.length ? [] : [{ number: row.number, lon: row.lon, lat: row.lat }]
  })
}

function pairsOf(flat: readonly number[]): [number, number][] {
  const pairs: [number, number][] = []
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] as number, flat[at + 1] as number])
  return pairs
}

/** Where two streets meet; null if they do not. */
export function crossingAt(a: PlaceRow, b: PlaceRow, lines: ReadonlyMap<number, readonly StreetLine[]>): Placed | null {
  const isDrawn = lines.has(a.id) && lines.has(b.id)
  const linesOf = (row: PlaceRow): readonly StreetLine[] => lines.get(row.id) ?? [[[row.lon, row.lat]]]
  const nearest = isDrawn ? meeting.drawn : meeting.learned
  const point = crossingOf(linesOf(a), linesOf(b), nearest)
  if (!point) return null
  const metres = isDrawn ? 40 : Math.max(40, Math.round(metresBetween(point, a)))
  return { ...placed(a, `${a.name} – ${b.name}`, point, 'crossing', metres), id: `${a.id}x${b.id}` }
}

function placed(
  { id, kind }: PlaceRow,
  label: string,
  { lon, lat }: LonLat,
  precision: Precision,
  metres: number,
  as = kind,
): Placed {
  return {
    id: `${id}`,
    label,
    kind: as === 'former_area' ? 'landmark' : as,
    lon,
    lat,
    precision,
    metres: Math.max(30, metres),
  }
}
