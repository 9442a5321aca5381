import { lengthOfLon } from '#server/areas/rules/distance.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'
import { alongLines, type FilePlace } from './file-row.ts'
import { crossingOf, lengthOf } from './lines.ts'
import type { StreetLine } from './place.ts'

/** Parts of one street lie as near to each other as this, in metres. */
const nearest = 100

export type Way = FilePlace & { lines: StreetLine[] }

/**
 * A file of a map has a street in many ways. Of the ways of one name, those that meet or lie near each other are a
 * street, whichever communes it passes, and in whatever order they are given. One with too many points stays in parts.
 */
export function streetsAmong<Each extends Way>(ways: readonly Each[]): [Each, ...Each[]][] {
  type Ways = [Each, ...Each[]]
  const sorted = ways.toSorted((a, b) => a.west - b.west || a.south - b.south || a.east - b.east || a.north - b.north)
  const groups = new Map<Each, Ways>(sorted.map((way) => [way, [way]]))
  for (const [at, way] of sorted.entries()) {
    const margin = nearest / lengthOfLon(way.north)
    for (let next = at + 1; next < sorted.length; next += 1) {
      const other = sorted[next] as Each
      if (other.west > way.east + margin) break
      if (other.south > way.north + margin || other.north < way.south - margin) continue
      const [own, others]: [Ways, Ways] = [groups.get(way) ?? [way], groups.get(other) ?? [other]]
      if (own === others || !crossingOf(way.lines, other.lines, nearest)) continue
      for (const each of others) {
        own.push(each)
        groups.set(each, own)
      }
    }
  }
  return [...new Set(groups.values())].flatMap((group) =>
    pointsOf(group) > placeLimits.file.points ? group.map((way): Ways => [way]) : [group],
  )
}

const pointsOf = (ways: readonly Way[]): number =>
  ways.reduce((sum, { lines }) => sum + lines.reduce((points, line) => points + line.length, 0), 0)

/** The street that some ways are together. It has the name that most of its length has. */
export function streetOf(ways: readonly [Way, ...Way[]]): Way {
  const [first] = ways
  const lengths = new Map<string, number>()
  for (const { name, lines } of ways) {
    lengths.set(name, (lengths.get(name) ?? 0) + Math.round(lines.reduce((sum, line) => sum + lengthOf(line), 0)))
  }
  const [name = first.name] = [...lengths].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] ?? []
  return { ...first, name, ...alongLines(joinedLines(ways.flatMap(({ lines }) => lines))) }
}

const keyOfPoint = (point: StreetLine[number] | undefined) => `${point}`

/** Each line once, and lines that continue one another as one: where exactly two of them end. */
function joinedLines(lines: readonly StreetLine[]): StreetLine[] {
  const written = new Set(lines.map((line) => JSON.stringify(forward(line))))
  const parts = [...written].sort().map((line) => JSON.parse(line) as StreetLine)
  const ending = new Map<string, StreetLine[]>()
  for (const part of parts) {
    for (const end of [keyOfPoint(part[0]), keyOfPoint(part.at(-1))]) {
      ending.set(end, [...(ending.get(end) ?? []), part])
    }
  }
  const used = new Set<StreetLine>()
  const onwards = (line: StreetLine): StreetLine => {
    const points = [...line]
    for (;;) {
      const end = keyOfPoint(points.at(-1))
      const here = ending.get(end) ?? []
      const next = here.length === 2 ? here.find((part) => !used.has(part)) : undefined
      if (!next) return points
      used.add(next)
      points.push(...(keyOfPoint(next[0]) === end ? next : next.toReversed()).slice(1))
    }
  }
  return parts.flatMap((part) => {
    if (used.has(part)) return []
    used.add(part)
    return [onwards(onwards(part).toReversed())]
  })
}

/** A line in the direction that is the same for it and its reverse. */
const forward = (line: StreetLine): StreetLine => {
  const back = line.toReversed()
  return JSON.stringify(back) < JSON.stringify(line) ? back : line
}
