import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { root } from './run.ts'

/**
 * Draws the city's communes as hairlines, for the sign-in page: approximate, like its data. A single line for a common
 * border would need topology; drawn twice at this size it looks the same.
 */
const source = join(root, 'db/data/hanoi/communes-2025.approx.geojson')
const target = join(root, 'components/accounts/hanoi-outline.svg')
type Point = [number, number]

const width = 720
const tolerance = 1.4

const { features } = JSON.parse(readFileSync(source, 'utf8')) as FeatureCollection<Polygon | MultiPolygon>
const rings = features.flatMap(({ geometry }) =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(),
)
const all = rings.flat()
const [west, east] = [Math.min(...all.map(east0)), Math.max(...all.map(east0))]
const [south, north] = [Math.min(...all.map(north0)), Math.max(...all.map(north0))]
const scale = (width - 4) / ((east - west) * Math.cos((21 * Math.PI) / 180))
const height = Math.ceil((north - south) * scale) + 4

const paths = rings
  .map((ring) => thinned(ring.map(onPaper)))
  .filter((points) => points.length > 3)
  .map((points) => `${points.map(stroke).join('')}z`)

writeFileSync(
  target,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><title>Hà Nội</title><path fill="none" stroke="#000" ` +
    `stroke-width=".9" stroke-linejoin="round" d="${paths.join('')}"/></svg>\n`,
)

function east0(position: Position): number {
  return position[0] as number
}

function north0(position: Position): number {
  return position[1] as number
}

function onPaper(position: Position): Point {
  const x = 2 + (east0(position) - west) * Math.cos((21 * Math.PI) / 180) * scale
  return [Math.round(x), Math.round(2 + (north - north0(position)) * scale)]
}

/** A relative coordinate: shorter than an absolute one. */
function stroke([x, y]: Point, index: number, points: Point[]): string {
  const [px, py] = points[index - 1] ?? [0, 0]
  return `${index === 0 ? 'M' : 'l'}${x - px} ${y - py}`
}

/** Removes points whose distance from the simplified line is not visible (Douglas–Peucker). */
function thinned(points: Point[]): Point[] {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 3) return points
  const distances = points.map((point) => distanceTo(first, last, point))
  const farthest = distances.indexOf(Math.max(...distances))
  if ((distances[farthest] ?? 0) < tolerance) return [first, last]
  return [...thinned(points.slice(0, farthest + 1)).slice(0, -1), ...thinned(points.slice(farthest))]
}

function distanceTo([ax, ay]: Point, [bx, by]: Point, [x, y]: Point): number {
  const length = Math.hypot(bx - ax, by - ay)
  if (length === 0) return Math.hypot(x - ax, y - ay)
  return Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
}
