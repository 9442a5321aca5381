import type { Context } from '#server/accounts/context.ts'
import { areaFinder, validAreas } from '#server/areas/queries.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'
import { fold } from '#server/platform/rules/text.ts'
import { type Area, type Match, matches, type Wishes } from '../rules/match.ts'
import type { FoundPlace } from '../rules/place.ts'
import { crossingAt, type Detail, needsDetail, type Placed, placedAt } from '../rules/placing.ts'
import { guessesIn, type Reading, readAddress } from '../rules/reading.ts'
import type { FindPlaces } from '../rules/schemas.ts'
import { namesLike, numbersOnStreets, placesNamedIn, streetsInDetail } from './lookup.ts'

type Asker = Pick<Context, 'db' | 'now'>

/** Of so many of the likeliest places the exact point is worked out. */
const most = 6

/** The places that an address may mean, the likeliest first; none if nothing of it is known. */
export async function findPlaces({ db, now }: Asker, input: FindPlaces): Promise<FoundPlace[]> {
  const reading = readAddress(input.text)
  if (reading.names.size === 0) return []
  const [rows, areas, areaOf] = await Promise.all([
    placesNamedIn(db, reading),
    validAreas(db, now()),
    areaFinder(db, now()),
  ])
  const wishes: Wishes = {
    areas: areasNamed(reading, rows.named, areas),
    near: input.near,
    areaId: input.areaId,
  }
  let found = matches(reading, { ...rows, spans: reading.names }, wishes)
  if (!isSure(reading, found)) {
    const like = await misspelt(db, reading)
    found = [...found, ...matches(reading, like, wishes)].sort((a, b) => b.score - a.score)
  }
  const likeliest = firstOfEach(found.filter(({ place }) => place.kind !== 'former_area')).slice(0, placeLimits.found)
  const names = new Map(areas.map(({ id, name }) => [id, name]))
  const placed = await placesOf(db, reading, likeliest, wantedIn(wishes, areaOf))
  return placed.slice(0, placeLimits.found).map((place) => {
    const areaId = areaOf(place) ?? place.areaId
    return { ...place, areaId, areaName: areaId === null ? null : (names.get(areaId) ?? null) }
  })
}

type Valid = Awaited<ReturnType<typeof validAreas>>[number]

/** The communes that an address names, by their own names or by those of wards and districts before 2025. */
function areasNamed(
  reading: Reading,
  named: readonly { kind: string; key: string; areaId: number | null }[],
  valid: readonly Valid[],
): Area[] {
  const keys = new Set([...reading.areas.map(({ key }) => key), ...reading.phrases.slice(1).map(({ words }) => words)])
  const former = named.filter(({ kind, key }) => kind === 'former_area' && keys.has(key)).map(({ areaId }) => areaId)
  return valid
    .filter(({ id, shortName }) => keys.has(fold(shortName)) || former.includes(id))
    .map(({ id, labelLon: lon, labelLat: lat }) => ({ id, lon, lat }))
}

/** Whether the first name of the address was found as it stands: then no like ones are looked for. */
function isSure({ phrases, areas }: Reading, found: readonly Match[]): boolean {
  const first = phrases[0]
  const isOfArea = (at: number) => areas.some(({ from, to }) => at >= from && at < to)
  const best = found[0]
  if (!best || isOfArea(best.span.from)) return false
  const words = best.span.to - best.span.from
  if (first && best.span.from >= first.to) return false
  return words > 1 || best.known !== null || !first || words >= first.to - first.from
}

async function misspelt(db: Asker['db'], reading: Reading) {
  const guesses = guessesIn(reading)
  const spans = new Map<string, (typeof guesses)[number][]>()
  if (guesses.length === 0) return { named: [], numbered: [], spans }
  const like = await namesLike(
    db,
    guesses.map(({ words }) => words),
  )
  const named = like.map(({ phrase: _, ...row }) => row)
  for (const { key, phrase } of like)
    spans.set(key, [...(spans.get(key) ?? []), ...guesses.filter(({ words }) => words === phrase)])
  return { named, numbered: await numbersOnStreets(db, spans.keys(), reading.numbers), spans }
}

function firstOfEach(found: readonly Match[]): Match[] {
  const seen = new Set<number>()
  return found.filter(({ place, known }) => {
    const id = (known ?? place).id
    return !seen.has(id) && seen.add(id)
  })
}

/** Which part of a long street is meant: that of the commune in question. */
function wantedIn({ areas, areaId }: Wishes, areaOf: (point: { lon: number; lat: number }) => number | null) {
  const ids = areas.length > 0 ? areas.map(({ id }) => id) : areaId === undefined ? [] : [areaId]
  return (point: { lon: number; lat: number }) => {
    const area = areaOf(point)
    return area !== null && ids.includes(area)
  }
}

async function placesOf(
  db: Asker['db'],
  reading: Reading,
  found: readonly Match[],
  isWanted: (point: { lon: number; lat: number }) => boolean,
): Promise<Placed[]> {
  const asked = found
    .slice(0, most)
    .filter((match) => reading.isCrossing || needsDetail(match))
    .map(({ place: { id, key }, numbers }) => ({
      id,
      key,
      number: Number.parseInt(numbers.lanes[0] ?? `${numbers.number ?? 0}`, 10),
    }))
  const detail = asked.length > 0 ? await streetsInDetail(db, asked) : null
  const places = found.map((match) => {
    const own: Detail | undefined = detail
      ? {
          lines: detail.lines.get(match.place.id) ?? [],
          numbers: detail.numbers.filter(({ key }) => key === match.place.key),
        }
      : undefined
    return placedAt(match, own, isWanted)
  })
  return reading.isCrossing && detail ? [...crossingsIn(found, detail.lines), ...places] : places
}

/** Where the streets meet that an address names together. */
function crossingsIn(found: readonly Match[], lines: Parameters<typeof crossingAt>[2]): Placed[] {
  const streets = found.filter(({ place }) => place.kind === 'street').slice(0, most)
  const pairs = streets.flatMap((a, at) => streets.slice(at + 1).map((b) => [a, b] as const))
  return pairs
    .filter(([a, b]) => a.span.to <= b.span.from || b.span.to <= a.span.from)
    .map(([a, b]) => (a.span.from < b.span.from ? ([a, b] as const) : ([b, a] as const)))
    .flatMap(([a, b]) => crossingAt(a.place, b.place, lines) ?? [])
}
