import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { lengthOfLon, metresBetween, metresPerDegree } from '#server/areas/rules/distance.ts'
import type { StreetLine } from './place.ts'

const lonLat = ([lon, lat]: StreetLine[number]): LonLat => ({ lon, lat })

/** Where a point is beside a line: the nearest point of the line, how far away, and how far along the line. */
export type Beside = { point: LonLat; metres: number; along: number; line: number }

/** The nearest point of the lines; null if there are none. */
export function besideLines(lines: readonly StreetLine[], point: LonLat): Beside | null {
  let nearest: Beside | null = null
  for (const [at, line] of lines.entries()) {
    let along = 0
    for (let i = 0; i < Math.max(1, line.length - 1); i += 1) {
      const [from, to] = [line[i], line[i + 1] ?? line[i]]
      if (!from || !to) continue
      const [start, end] = [lonLat(from), lonLat(to)]
      const part = partOf(start, end, point)
      const on = between(start, end, part)
      const metres = metresBetween(on, point)
      const length = metresBetween(start, end)
      if (!nearest || metres < nearest.metres) nearest = { point: on, metres, along: along + length * part, line: at }
      along += length
    }
  }
  return nearest
}

/** How far from one end to the other the foot of the point is, from 0 to 1. */
function partOf(start: LonLat, end: LonLat, point: LonLat): number {
  const width = lengthOfLon(start.lat)
  const [x, y] = [(end.lon - start.lon) * width, (end.lat - start.lat) * metresPerDegree.lat]
  const [px, py] = [(point.lon - start.lon) * width, (point.lat - start.lat) * metresPerDegree.lat]
  const square = x * x + y * y
  return square === 0 ? 0 : Math.min(1, Math.max(0, (px * x + py * y) / square))
}

export const between = (start: LonLat, end: LonLat, part: number): LonLat => ({
  lon: start.lon + (end.lon - start.lon) * part,
  lat: start.lat + (end.lat - start.lat) * part,
})

export function lengthOf(line: StreetLine): number {
  let length = 0
  for (let i = 1; i < line.length; i += 1) {
    length += metresBetween(lonLat(line[i - 1] as StreetLine[number]), lonLat(line[i] as StreetLine[number]))
  }
  return length
}

/** The point at a distance in metres along a line, or the end of a shorter line. */
export function pointAlong(line: StreetLine, metres: number): LonLat {
  let left = Math.max(0, metres)
  for (let i = 1; i < line.length; i += 1) {
    const [start, end] = [lonLat(line[i - 1] as StreetLine[number]), lonLat(line[i] as StreetLine[number])]
    const length = metresBetween(start, end)
    if (left <= length) return between(start, end, length === 0 ? 0 : left / length)
    left -= length
  }
  return lonLat(line.at(-1) as StreetLine[number])
}

/**
 * The middle of what passes a test of some lines, and how far that reaches from there; null if nothing does. The middle
 * is on a line, however many lines there are.
 */
export function middleWhere(
  lines: readonly StreetLine[],
  isPart: (point: LonLat) => boolean,
): { point: LonLat; metres: number } | null {
  const points = lines.flatMap(pointsOn).filter(isPart)
  const mean = (of: (point: LonLat) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const centre = { lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat) }
  let best: { point: LonLat; metres: number } | null = null
  for (const point of points) {
    const metres = metresBetween(point, centre)
    if (!best || metres < best.metres) best = { point, metres }
  }
  if (!best) return null
  const { point } = best
  return { point, metres: points.reduce((most, each) => Math.max(most, metresBetween(each, point)), 0) }
}

/** Metres between the points by which a line is divided, and the most parts of one line. */
const step = { metres: 40, most: 200 }

/** Points in equal distances along a line. */
function pointsOn(line: StreetLine): LonLat[] {
  const length = lengthOf(line)
  const steps = Math.min(step.most, Math.max(2, Math.ceil(length / step.metres)))
  return Array.from({ length: steps + 1 }, (_, i) => pointAlong(line, (length * i) / steps))
}

type Segment = readonly [LonLat, LonLat]
type Extent = { west: number; south: number; east: number; north: number }

/** The most segments of each street that are compared, so that one address cannot occupy the process. */
const mostSegments = 400

/** Where two streets meet: where they cut each other, else midway between their nearest points, if these are near. */
export function crossingOf(a: readonly StreetLine[], b: readonly StreetLine[], nearest: number): LonLat | null {
  const [ofA, ofB] = [segmentsOf(a), segmentsOf(b)]
  const start = ofA[0]?.[0]
  if (!start) return null
  const margin = nearest / lengthOfLon(start.lat)
  const near = segmentsNear(ofA, ofB, margin)
  const others = segmentsNear(ofB, near, margin)
  let best: { point: LonLat; metres: number } | null = null
  for (const one of near.slice(0, mostSegments)) {
    // No pair that is farther apart than the nearest so far need be measured.
    const extent = extentOf([one], best ? Math.min(margin, best.metres / lengthOfLon(start.lat)) : margin)
    for (const other of others.slice(0, mostSegments)) {
      if (!touches(extent, other)) continue
      const cut = cutOf(one, other)
      if (cut) return cut
      for (const [on, from] of [
        [other, one],
        [one, other],
      ] as const) {
        for (const end of from) {
          const foot = between(...on, partOf(...on, end))
          const metres = metresBetween(foot, end)
          if (!best || metres < best.metres) best = { metres, point: between(end, foot, 0.5) }
        }
      }
    }
  }
  return best && best.metres <= nearest ? best.point : null
}

/** Those that come near the extent of others. */
function segmentsNear(segments: readonly Segment[], others: readonly Segment[], margin: number): readonly Segment[] {
  const extent = extentOf(others, margin)
  return segments.filter((segment) => touches(extent, segment))
}

function extentOf(segments: readonly Segment[], margin: number): Extent {
  const extent = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [p, q] of segments) {
    extent.west = Math.min(extent.west, p.lon - margin, q.lon - margin)
    extent.south = Math.min(extent.south, p.lat - margin, q.lat - margin)
    extent.east = Math.max(extent.east, p.lon + margin, q.lon + margin)
    extent.north = Math.max(extent.north, p.lat + margin, q.lat + margin)
  }
  return extent
}

const touches = ({ west, south, east, north }: Extent, [p, q]: Segment): boolean =>
  Math.max(p.lon, q.lon) >= west &&
  Math.min(p.lon, q.lon) <= east &&
  Math.max(p.lat, q.lat) >= south &&
  Math.min(p.lat, q.lat) <= north

/** Where two segments cut each other. */
function cutOf([p, q]: Segment, [r, s]: Segment): LonLat | null {
  const [px, py, rx, ry] = [q.lon - p.lon, q.lat - p.lat, s.lon - r.lon, s.lat - r.lat]
  const across = px * ry - py * rx
  if (across === 0) return null
  const along = ((r.lon - p.lon) * ry - (r.lat - p.lat) * rx) / across
  const other = ((r.lon - p.lon) * py - (r.lat - p.lat) * px) / across
  return along >= 0 && along <= 1 && other >= 0 && other <= 1 ? between(p, q, along) : null
}

/** The segments of lines; of a single point, one from the point to itself. */
const segmentsOf = (lines: readonly StreetLine[]): Segment[] =>
  lines.flatMap((line) => {
    const points = line.map(lonLat)
    const [first] = points
    if (first && points.length === 1) return [[first, first] as const]
    return points.slice(1).map((end, at) => [points[at] as LonLat, end] as const)
  })
