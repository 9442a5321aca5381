import { areaOf, faultOfRing, isSame, type Point, type Ring, turn } from './polygons.ts'

/**
 * One ring around all of these. Boundaries that neighbours share point by point are dropped; where that leaves anything
 * else than one ring with all the others inside, the outline is the convex hull.
 */
export function outlineOf(rings: readonly Ring[]): Ring | null {
  const [largest, ...others] = chained(unshared(rings)).sort((a, b) => Math.abs(areaOf(b)) - Math.abs(areaOf(a)))
  if (!largest) return null
  const isWhole =
    faultOfRing(largest) === null && others.every((ring) => ring.every((point) => isWithin(point, largest)))
  return isWhole ? largest : hullOf(rings.flat())
}

type Edge = { from: Point; to: Point }
const keyOf = ([lon, lat]: Point): string => `${lon} ${lat}`

/** The edges that no neighbour has in the opposite direction. All rings must run anticlockwise. */
function unshared(rings: readonly Ring[]): Edge[] {
  const edges = new Map<string, Edge>()
  for (const ring of rings.map((each) => (areaOf(each) < 0 ? [...each].reverse() : each))) {
    for (const [at, from] of ring.slice(0, -1).entries()) {
      const to = ring[at + 1] as Point
      const reverse = `${keyOf(to)} ${keyOf(from)}`
      if (edges.has(reverse)) edges.delete(reverse)
      else if (!isSame(from, to)) edges.set(`${keyOf(from)} ${keyOf(to)}`, { from, to })
    }
  }
  return [...edges.values()]
}

function chained(edges: readonly Edge[]): Point[][] {
  const next = Map.groupBy(edges, ({ from }) => keyOf(from))
  const rings: Point[][] = []
  for (const { from } of edges) {
    const ring = [from]
    for (let edge = next.get(keyOf(from))?.pop(); edge; edge = next.get(keyOf(edge.to))?.pop()) ring.push(edge.to)
    if (ring.length > 1) rings.push(ring)
  }
  return rings
}

/** Inside the ring or on its edge. */
export function isWithin([x, y]: Point, ring: Ring): boolean {
  let inside = false
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [a, b] = [ring[at] as Point, ring[at + 1] as Point]
    const side = turn(a, b, [x, y])
    const isBeside = Math.min(a[0], b[0]) <= x && x <= Math.max(a[0], b[0])
    if (side === 0 && isBeside && Math.min(a[1], b[1]) <= y && y <= Math.max(a[1], b[1])) return true
    if (a[1] > y !== b[1] > y && side > 0 === b[1] > a[1]) inside = !inside
  }
  return inside
}

/** The convex hull, by Andrew's monotone chain. */
function hullOf(points: readonly Point[]): Ring | null {
  const sorted = [...points].sort(([ax, ay], [bx, by]) => ax - bx || ay - by)
  const hull = [...halfOf(sorted), ...halfOf(sorted.reverse())]
  const [first] = hull
  return first && hull.length > 2 ? [...hull, first] : null
}

/** One side of the hull, without its last point, which begins the other side. */
function halfOf(points: readonly Point[]): Point[] {
  const half: Point[] = []
  for (const point of points) {
    while (half.length > 1 && turn(half.at(-2) as Point, half.at(-1) as Point, point) <= 0) half.pop()
    half.push(point)
  }
  return half.slice(0, -1)
}
