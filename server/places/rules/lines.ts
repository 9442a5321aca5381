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

/** The point that is so many metres along a line; its end where the line is shorter. */
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

/** The middle of the part of some lines that passes a test, and how far it reaches from there; null if none does. */
export function middleWhere(
  lines: readonly StreetLine[],
  isPart: (point: LonLat) => boolean,
): { point: LonLat; metres: number } | null {
  const step = 40
  let best: LonLat[] = []
  for (const line of lines) {
    const length = lengthOf(line)
    const steps = Math.min(200, Math.max(2, Math.ceil(length / step)))
    const points = Array.from({ length: steps + 1 }, (_, i) => pointAlong(line, (length * i) / steps)).filter(isPart)
    if (points.length > best.length) best = points
  }
  const point = best[Math.floor(best.length / 2)]
  if (!point) return null
  return { point, metres: Math.max(...best.map((each) => metresBetween(each, point))) }
}

/** Where two streets meet: the middle between their nearest points, where these are near. */
export function crossingOf(a: readonly StreetLine[], b: readonly StreetLine[], nearest: number): LonLat | null {
  const cut = cutOf(a, b)
  if (cut) return cut
  let best: { point: LonLat; metres: number } | null = null
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const position of from.flat()) {
      const beside = besideLines(to, lonLat(position))
      if (beside && (!best || beside.metres < best.metres)) {
        best = { metres: beside.metres, point: between(lonLat(position), beside.point, 0.5) }
      }
    }
  }
  return best && best.metres <= nearest ? best.point : null
}

/** Where two lines cut each other. */
function cutOf(a: readonly StreetLine[], b: readonly StreetLine[]): LonLat | null {
  for (const [p, q] of segmentsOf(a)) {
    for (const [r, s] of segmentsOf(b)) {
      const [px, py, rx, ry] = [q[0] - p[0], q[1] - p[1], s[0] - r[0], s[1] - r[1]]
      const across = px * ry - py * rx
      if (across === 0) continue
      const along = ((r[0] - p[0]) * ry - (r[1] - p[1]) * rx) / across
      const other = ((r[0] - p[0]) * py - (r[1] - p[1]) * px) / across
      if (along >= 0 && along <= 1 && other >= 0 && other <= 1) return between(lonLat(p), lonLat(q), along)
    }
  }
  return null
}

const segmentsOf = (lines: readonly StreetLine[]) =>
  lines.flatMap((line) => line.slice(1).map((end, at) => [line[at] as StreetLine[number], end] as const))
