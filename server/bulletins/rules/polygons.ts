/** Longitude, latitude: the order of GeoJSON. */
export type Point = readonly [lon: number, lat: number]
export type Ring = readonly Point[]
export type Geometry = { type: string; coordinates: readonly unknown[] }

/** The outer boundaries of a commune; holes are left out, because CAP has none. */
export function outerRings(geometry: Geometry): Ring[] {
  const polygons = (geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates]) as Point[][][]
  return polygons.flatMap(([outer]) => (outer ? [outer] : []))
}

export type RingFault = 'too_few_points' | 'not_closed' | 'crosses_itself'

/** What is wrong with a ring that a CAP reader would have to fill; null where nothing is. */
export function faultOfRing(ring: Ring): RingFault | null {
  if (ring.length < 4) return 'too_few_points'
  if (!isSame(ring[0] as Point, ring.at(-1) as Point)) return 'not_closed'
  if (crossesItself(ring)) return 'crosses_itself'
  return Math.abs(areaOf(ring)) < 1e-12 ? 'too_few_points' : null
}

export const isSame = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1]

/** Positive where the ring runs anticlockwise. */
export function areaOf(ring: Ring): number {
  let sum = 0
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [[ax, ay], [bx, by]] = [ring[at] as Point, ring[at + 1] as Point]
    sum += ax * by - bx * ay
  }
  return sum / 2
}

function crossesItself(ring: Ring): boolean {
  const edges = ring.length - 1
  for (let i = 0; i < edges; i += 1) {
    for (let j = i + 1; j < edges; j += 1) {
      const areNeighbours = j === i + 1 || (i === 0 && j === edges - 1)
      if (areNeighbours || !areNear(edge(ring, i), edge(ring, j))) continue
      if (doMeet(edge(ring, i), edge(ring, j))) return true
    }
  }
  return false
}

export type Edge = readonly [Point, Point]
const edge = (ring: Ring, at: number): Edge => [ring[at] as Point, ring[at + 1] as Point]

/** Whether the bounding boxes of two edges meet: most do not, which saves the expensive check. */
export function areNear([a, b]: Edge, [c, d]: Edge): boolean {
  return areSpansNear(a[0], b[0], c[0], d[0]) && areSpansNear(a[1], b[1], c[1], d[1])
}

const areSpansNear = (a: number, b: number, c: number, d: number): boolean =>
  Math.max(a, b) >= Math.min(c, d) && Math.max(c, d) >= Math.min(a, b)

/** Whether two edges have a point in common. */
export function doMeet([a, b]: Edge, [c, d]: Edge): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  if (abc * abd < 0 && cda * cdb < 0) return true
  return (
    (abc === 0 && isBetween(a, b, c)) ||
    (abd === 0 && isBetween(a, b, d)) ||
    (cda === 0 && isBetween(c, d, a)) ||
    (cdb === 0 && isBetween(c, d, b))
  )
}

/**
 * Positive where the path from `a` over `b` to `c` turns left. The points are rounded to a hundred-thousandth: less
 * than that squared is a straight line.
 */
export function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  const value = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  return Math.abs(value) < 1e-13 ? 0 : value
}

export const isBetween = (a: Point, b: Point, c: Point): boolean =>
  Math.min(a[0], b[0]) <= c[0] &&
  c[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= c[1] &&
  c[1] <= Math.max(a[1], b[1])

/** A polygon in the notation of CAP: latitude before longitude, pairs separated by spaces. */
export const capPolygon = (ring: Ring): string => ring.map(([lon, lat]) => `${lat},${lon}`).join(' ')

/** A ring from the notation of CAP, for a map: anticlockwise, as GeoJSON requires for an outer ring. */
export function ringOfCap(polygon: string): Ring {
  const ring = polygon.split(' ').map((pair): Point => {
    const [lat, lon] = pair.split(',').map(Number)
    return [lon ?? 0, lat ?? 0]
  })
  return areaOf(ring) < 0 ? ring.reverse() : ring
}
