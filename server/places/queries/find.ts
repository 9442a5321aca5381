import type { Context } from '#server/accounts/context.ts'
import { type AreaFinder, areaFinder } from '#server/areas/queries.ts'
import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { keptAWhile } from '#server/platform/kept-a-while.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'
import { decodeTelex } from '#server/platform/rules/telex.ts'
import { fold } from '#server/platform/rules/text.ts'
import type { Span } from '../rules/address.ts'
import { isLandmark, ownWordsOf } from '../rules/kinds.ts'
import { type Area, isBareLane, isOf, type Match, matches, type Rows, type Wishes } from '../rules/match.ts'
import type { FoundPlace } from '../rules/place.ts'
import { crossingAt, type Detail, needsDetail, type Placed, placedAt, type Wanted } from '../rules/placing.ts'
import { guessesIn, type Reading, readAddress } from '../rules/reading.ts'
import type { FindPlaces } from '../rules/schemas.ts'
import { isLikeLandmark, respelt, spellingOf } from '../rules/spelling.ts'
import { readingAlike, toldApart, withoutSame } from '../rules/told-apart.ts'
import { keyOf } from '../rules/words.ts'
import { streetsBeside } from './at.ts'
import { namesLike, numbersOnStreets, placesNamedIn, streetsInDetail, wordsOfNames } from './lookup.ts'
import type { Seen } from './usable.ts'

/** Without `seen`, houses and lanes learned from a single report are not found. */
type Asker = Pick<Context, 'db' | 'now'> & { seen?: Seen }

/** The exact point is computed for this number of the likeliest places. */
const most = 6
/** Likely places from which the offered ones are taken, because some of them may be the same. */
const mostPlaced = 2 * placeLimits.found
/** The most pairs of streets that are searched for a crossing: enough for two names with three places each. */
const mostCrossings = 9

const minute = 60_000
/** The words of all names change slowly. */
const knownWords = keptAWhile(5 * minute, async (db) => {
  const rows = await wordsOfNames(db)
  const common = new Set(rows.filter(({ places }) => places > manyPlaces).map(({ word }) => word))
  return { spelling: spellingOf(rows.map(({ word }) => word)), common }
})
/** A word is common if it is in the names of more places than this: comparing with all of them takes too long. */
const manyPlaces = 2000
/** How like its name is what was mistyped. */
const slipped = 0.85

/** The places that an address may mean, the likeliest first; none if nothing of it is known. */
export async function findPlaces(asker: Asker, input: FindPlaces): Promise<FoundPlace[]> {
  const reading = readAddress(decodeTelex(input.text))
  if (reading.names.size === 0) return []
  const [rows, { areas, areaOf }] = await Promise.all([
    placesNamedIn(asker, reading),
    areaFinder(asker.db, asker.now()),
  ])
  const wishes: Wishes = { areas: areasNamed(reading, rows.named, areas), near: input.near, areaId: input.areaId }
  let found = matches(reading, { ...rows, spans: reading.names }, wishes)
  for (const guess of [respeltNames, likeNames]) {
    if (isSure(reading, found)) break
    const guessed = await guess(asker, reading)
    if (guessed) found = [...found, ...matches(reading, guessed, wishes)].sort((a, b) => b.score - a.score)
  }
  const likeliest = firstOfEach(found.filter(({ place }) => place.kind !== 'former_area')).slice(0, mostPlaced)
  const placed = await placesOf(asker, reading, likeliest, wantedOf(wishes, { areas, areaOf }))
  const offered = withoutSame(
    placed.map((place) => {
      const area = areaOf(place)
      return { ...place, areaId: area?.id ?? null, areaName: area?.name ?? null }
    }),
  )
  return withBeside(asker, offered.slice(0, placeLimits.found))
}

function wantedOf(wishes: Wishes, { areas, areaOf }: AreaFinder): Wanted {
  const chosen = areas.find(({ id }) => id === wishes.areaId)
  const own = chosen ? [{ id: chosen.id, lon: chosen.labelLon, lat: chosen.labelLat }] : []
  const wanted = wishes.areas.length > 0 ? wishes.areas : own
  const isIn = (point: LonLat) => {
    const id = areaOf(point)?.id
    return wanted.some((area) => area.id === id)
  }
  return { isIn, middles: wanted }
}

/** Says what street is beside places that would read the same. */
async function withBeside(asker: Asker, found: readonly FoundPlace[]): Promise<FoundPlace[]> {
  const alike = new Set(readingAlike(found))
  const said = found.map(async (place) => {
    const streets = alike.has(place) ? await streetsBeside(asker, place) : []
    const beside = streets.find(({ label }) => !keyOf(place.label).endsWith(keyOf(label)))?.label
    return beside ? { ...place, beside } : place
  })
  return toldApart(await Promise.all(said))
}

/** The communes that an address names, by their own names or by those of wards and districts before 2025. */
function areasNamed(
  reading: Reading,
  named: readonly { kind: string; key: string; areaId: number | null }[],
  valid: AreaFinder['areas'],
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
  if (!best || isOfArea(best.span.from) || (first && isBareLane(best.place))) return false
  const words = best.span.to - best.span.from
  if (first && best.span.from >= first.to) return false
  return words > 1 || best.known !== null || !first || words >= first.to - first.from
}

/** Names of which a word or two were mistyped. */
async function respeltNames(asker: Asker, reading: Reading): Promise<Rows | null> {
  const { spelling } = await knownWords(asker)
  const spans = respelt(reading, spelling)
  if (spans.size === 0) return null
  const { named, numbered } = await placesNamedIn(asker, { names: spans, numbers: reading.numbers })
  return { named: named.map((row) => ({ ...row, likeness: slipped })), numbered, spans }
}

/** Names that are like what was typed in other ways: a word is missing, or letters are. */
async function likeNames(asker: Asker, reading: Reading): Promise<Rows | null> {
  const { common } = await knownWords(asker)
  const guesses = guessesIn(reading, common)
  if (guesses.length === 0) return null
  const all = await namesLike(
    asker.db,
    guesses.map(({ words }) => words),
  )
  const typed = reading.phrases[0]?.words ?? ''
  const own = ownWordsOf(typed).join(' ')
  const isMeant = (key: string, phrase: string) =>
    isLandmark(key) ? isLikeLandmark(key, typed) : ` ${own} `.includes(` ${phrase} `)
  const like = isLandmark(typed) ? all.filter(({ key, phrase }) => isMeant(key, phrase)) : all
  const spans = new Map<string, Span[]>()
  for (const { key, phrase } of like) {
    spans.set(key, [...(spans.get(key) ?? []), ...guesses.filter(({ words }) => words === phrase)])
  }
  const numbered = await numbersOnStreets(asker, spans.keys(), reading.numbers)
  return { named: like.map(({ phrase: _, ...row }) => row), numbered, spans }
}

function firstOfEach(found: readonly Match[]): Match[] {
  const seen = new Set<number>()
  return found.filter(({ place, known }) => {
    const id = (known ?? place).id
    return !seen.has(id) && seen.add(id)
  })
}

async function placesOf(asker: Asker, reading: Reading, found: readonly Match[], wanted: Wanted): Promise<Placed[]> {
  const asked = found
    .slice(0, most)
    .filter((match) => reading.isCrossing || needsDetail(match))
    .map(({ place, numbers }) => ({
      ...place,
      number: Number.parseInt(numbers.lanes[0] ?? `${numbers.number ?? 0}`, 10),
    }))
  const detail = asked.length > 0 ? await streetsInDetail(asker, asked) : null
  const places = found.map((match) => {
    const own: Detail | undefined = detail
      ? {
          lines: detail.lines.get(match.place.id) ?? [],
          numbers: detail.numbers.filter((row) => isOf(row, match.place)),
        }
      : undefined
    return placedAt(match, own, wanted)
  })
  return reading.isCrossing && detail ? [...crossingsIn(found, detail.lines), ...places] : places
}

/** Where the streets meet that an address names together. */
function crossingsIn(found: readonly Match[], lines: Parameters<typeof crossingAt>[2]): Placed[] {
  const streets = found.filter(({ place }) => place.kind === 'street').slice(0, most)
  const pairs = streets.flatMap((a, at) => streets.slice(at + 1).map((b) => [a, b] as const))
  return pairs
    .filter(([a, b]) => a.span.to <= b.span.from || b.span.to <= a.span.from)
    .slice(0, mostCrossings)
    .map(([a, b]) => (a.span.from < b.span.from ? ([a, b] as const) : ([b, a] as const)))
    .flatMap(([a, b]) => crossingAt(a.place, b.place, lines) ?? [])
}
