/** Longitude, latitude: as GeoJSON has them. */
export type Point = readonly [lon: number, lat: number]
export type Ring = readonly Point[]
type Geometry = { type: string; coordinates: readonly unknown[] }

/** The outer boundaries of a commune; holes are left out, because CAP has none. */
export function outerRings(geometry: Geometry): Ring[] {
  const polygons = (geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates]) as Point[][][]
  return polygons.flatMap(([outer]) => (outer ? [outer] : []))
}

/** About a hundred metres: finer than the boundaries are known, coarse enough for a message that phones read. */
const usualTolerance = 0.001
const leastTolerance = 0.000_02

/**
 * The ring with fewer points: closed, of at least four, crossing itself nowhere. Where simplifying would make it cross, it is
 * simplified less. Null where the ring itself is none.
 */
export function simplifiedRing(ring: Ring, tolerance = usualTolerance): Point[] | null {
  const closed = closedRing(ring)
  for (let wanted = tolerance; wanted >= leastTolerance; wanted /= 2) {
    const simpler = simplify(closed, wanted)
    if (faultOfRing(simpler) === null) return simpler
  }
  return faultOfRing(closed) === null ? closed : null
}

export type RingFault = 'too_few_points' | 'not_closed' | 'crosses_itself'

/** What is wrong with a ring that a CAP reader would have to fill; null where nothing is. */
export function faultOfRing(ring: Ring): RingFault | null {
  if (ring.length < 4) return 'too_few_points'
  if (!isSame(ring[0] as Point, ring.at(-1) as Point)) return 'not_closed'
  if (crossesItself(ring)) return 'crosses_itself'
  return Math.abs(areaOf(ring)) < 1e-12 ? 'too_few_points' : null
}

const isSame = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1]

/** Rounded to a metre, without points that lie on each other, the first repeated at the end. */
function closedRing(ring: Ring): Point[] {
  const round = (value: number) => Math.round(value * 100_000) / 100_000
  const points: Point[] = []
  for (const [lon, lat] of ring) {
    const point: Point = [round(lon), round(lat)]
    const last = points.at(-1)
    if (!last || !isSame(last, point)) points.push(point)
  }
  const first = points[0]
  if (first && points.length > 1 && !isSame(first, points.at(-1) as Point)) points.push(first)
  return points
}

/** Douglas and Peucker on the two halves between the first point and the one farthest from it. */
function simplify(ring: readonly Point[], tolerance: number): Point[] {
  const first = ring[0]
  if (!first) return []
  let far = 0
  let most = 0
  for (const [place, [lon, lat]] of ring.entries()) {
    const distance = (lon - first[0]) ** 2 + (lat - first[1]) ** 2
    if (distance > most) [far, most] = [place, distance]
  }
  const there = thinned(ring.slice(0, far + 1), tolerance)
  return [...there.slice(0, -1), ...thinned(ring.slice(far), tolerance)]
}

function thinned(line: readonly Point[], tolerance: number): Point[] {
  const [from, to] = [line[0], line.at(-1)]
  if (!from || !to || line.length < 3) return [...line]
  let [place, most] = [0, 0]
  for (let at = 1; at < line.length - 1; at += 1) {
    const distance = distanceTo(line[at] as Point, from, to)
    if (distance > most) [place, most] = [at, distance]
  }
  if (most <= tolerance) return [from, to]
  return [...thinned(line.slice(0, place + 1), tolerance).slice(0, -1), ...thinned(line.slice(place), tolerance)]
}

function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length))
  return Math.hypot(x - ax - share * dx, y - ay - share * dy)
}

function areaOf(ring: Ring): number {
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
      if (!areNeighbours && doMeet(edge(ring, i), edge(ring, j))) return true
    }
  }
  return false
}

type Edge = readonly [Point, Point]
const edge = (ring: Ring, at: number): Edge => [ring[at] as Point, ring[at + 1] as Point]

function doMeet([a, b]: Edge, [c, d]: Edge): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  if (abc * abd < 0 && cda * cdb < 0) return true
  return (
    (abc === 0 && isBetween(a, b, c)) ||
    (abd === 0 && isBetween(a, b, d)) ||
    (cda === 0 && isBetween(c, d, a)) ||
    (cdb === 0 && isBetween(c, d, b))
  )
}

/** Of points rounded to a hundred-thousandth: less than that squared is a straight line. */
function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  const value = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  return Math.abs(value) < 1e-13 ? 0 : value
}

const isBetween = (a: Point, b: Point, c: Point): boolean =>
  Math.min(a[0], b[0]) <= c[0] &&
  c[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= c[1] &&
  c[1] <= Math.max(a[1], b[1])

/** As CAP writes a polygon: latitude before longitude, pairs apart by spaces. */
export const capPolygon = (ring: Ring): string => ring.map(([lon, lat]) => `${lat},${lon}`).join(' ')

/** A ring as CAP wrote it, for a map: anticlockwise, as GeoJSON wants what lies outermost. */
export function ringOfCap(polygon: string): Ring {
  const ring = polygon.split(' ').map((pair): Point => {
    const [lat, lon] = pair.split(',').map(Number)
    return [lon ?? 0, lat ?? 0]
  })
  return areaOf(ring) < 0 ? ring.reverse() : ring
}
