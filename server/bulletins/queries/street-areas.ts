import type { Connection } from '#db/client.ts'
import { areaFinder } from '#server/areas/queries.ts'
import { linesOf, placesNamedIn } from '#server/places/queries/lookup.ts'
import { type Reading, readAddress } from '#server/places/rules/reading.ts'

type Asker = { db: Connection; now: () => Date }

/** What crosses more communes is no street to propose an area from, or is several streets of one name. */
const mostAreas = 6

/** The communes through which the streets run that a text names after "phố" or "đường"; none where that says little. */
export async function areasOfStreets({ db, now }: Asker, text: string): Promise<number[]> {
  const names = streetsIn(readAddress(text))
  if (names.size === 0) return []
  const { named } = await placesNamedIn({ db }, { names, numbers: [] })
  const streets = named.filter(({ kind }) => kind === 'street')
  // "phố Láng Hạ" is not phố Láng: of the names that begin at one place the longest that is known counts.
  const longest = new Map<number, number>()
  const beginsOf = (key: string) => names.get(key) ?? []
  for (const { key } of streets) {
    for (const at of beginsOf(key)) longest.set(at, Math.max(longest.get(at) ?? 0, key.length))
  }
  const meant = streets.filter(({ key }) => beginsOf(key).some((at) => longest.get(at) === key.length))
  if (meant.length === 0) return []
  const [lines, { areaOf }] = await Promise.all([
    linesOf(
      db,
      meant.map(({ id }) => id),
    ),
    areaFinder(db, now()),
  ])
  const points = meant.flatMap(({ id, lon, lat }) => lines.get(id)?.flat() ?? [[lon, lat] as const])
  const ids = new Set(points.flatMap(([lon, lat]) => areaOf({ lon, lat })?.id ?? []))
  return ids.size > mostAreas ? [] : [...ids].sort((a, b) => a - b)
}

const streetWords = new Set(['pho', 'duong'])

/** What may be the name of a street, with the places where it begins. */
function streetsIn({ tokens, names }: Reading): Map<string, number[]> {
  const streets = new Map<string, number[]>()
  for (const [name, spans] of names) {
    const begins = spans.map(({ from }) => from).filter((from) => streetWords.has(tokens[from - 1]?.word ?? ''))
    if (begins.length > 0) streets.set(name, begins)
  }
  return streets
}
