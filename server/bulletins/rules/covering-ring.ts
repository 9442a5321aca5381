import {
  areaOf,
  areNear,
  doMeet,
  type Edge,
  faultOfRing,
  isBetween,
  isSame,
  type Point,
  type Ring,
  turn,
} from './polygons.ts'

/**
 * Coordinates are integers of this grid while the ring is processed, about a metre each: no rounding uncovers anything
 * later.
 */
const grid = 100_000

/**
 * A ring of at most `most` points, where possible, that covers the given one and does not cross itself. Points are
 * removed only where the ring grows by it, the smallest growth first. Null where the input is no valid ring.
 */
export function coveringRing(ring: Ring, most: number): Point[] | null {
  const onGrid = closed(ring.map(([lon, lat]): Point => [Math.round(lon * grid), Math.round(lat * grid)]))
  if (faultOfRing(onGrid) !== null) return null
  const fewer = thinned(areaOf(onGrid) < 0 ? onGrid.reverse() : onGrid, most)
  return closed(fewer).map(([lon, lat]): Point => [lon / grid, lat / grid])
}

/** Without consecutive equal points, the first repeated at the end. */
function closed(ring: readonly Point[]): Point[] {
  const points = ring.filter((point, at) => at === 0 || !isSame(point, ring[at - 1] as Point))
  const [first, last] = [points[0], points.at(-1)]
  return first && last && points.length > 1 && !isSame(first, last) ? [...points, first] : points
}

/** A corner of the ring, anticlockwise, and the step that would remove it. */
type Corner = { point: Point; before: Corner; after: Corner; step: Step | null }
/** The corner is removed, or it and the next are replaced by one point that lies further out. */
type Step = { by: Point | null; growth: number }

function thinned(ring: readonly Point[], most: number): Point[] {
  let start = cornersOf(ring)
  for (let count = ring.length - 1; count > 3; count -= 1) {
    const corner = smallestStep(start)
    if (!corner?.step || (corner.step.growth > 0 && count <= most)) break
    if (isFree(corner, corner.step)) start = taken(corner, corner.step)
    else {
      corner.step = null
      count += 1
    }
  }
  const left: Point[] = []
  for (let at = start; left.length === 0 || at !== start; at = at.after) left.push(at.point)
  return left
}

function cornersOf(ring: readonly Point[]): Corner {
  const corners = ring.slice(0, -1).map((point) => ({ point, step: null }) as unknown as Corner)
  for (const [at, corner] of corners.entries()) {
    corner.before = corners.at(at - 1) as Corner
    corner.after = corners[(at + 1) % corners.length] as Corner
  }
  for (const corner of corners) corner.step = stepAt(corner)
  return corners[0] as Corner
}

function smallestStep(start: Corner): Corner | null {
  let smallest: Corner | null = null
  let corner = start
  do {
    if (corner.step && (!smallest?.step || corner.step.growth < smallest.step.growth)) smallest = corner
    corner = corner.after
  } while (corner !== start)
  return smallest
}

/** Two convex corners are replaced by the point where their outer edges meet; a concave one is simply removed. */
function stepAt({ point: b, before, after }: Corner): Step | null {
  const [a, c, d] = [before.point, after.point, after.after.point]
  const bend = turn(a, b, c)
  if (bend < 0) return { by: null, growth: -bend }
  if (bend === 0) return isBetween(a, c, b) ? { by: null, growth: 0 } : null
  if (turn(b, c, d) <= 0 || isSame(a, d)) return null
  return cheapest(
    pointsNear(meetingOf(a, b, c, d)).filter((p) => turn(a, p, b) >= 0 && turn(p, d, c) >= 0),
    [a, b, c, d],
  )
}

/** Where the lines through `a` and `b` and through `d` and `c` meet beyond `b` and `c`. */
function meetingOf(a: Point, b: Point, c: Point, d: Point): Point | null {
  const [u, v] = [minus(b, a), minus(c, d)]
  const across = cross(u, v)
  if (across === 0) return null
  const [s, t] = [cross(minus(c, b), v) / across, cross(minus(c, b), u) / across]
  return s > 0 && t > 0 ? [b[0] + s * u[0], b[1] + s * u[1]] : null
}

const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]]
const cross = (a: Point, b: Point): number => a[0] * b[1] - a[1] * b[0]
const nearby = [-1, 0, 1]

/** The grid points around a point. */
function pointsNear(point: Point | null): Point[] {
  if (!point) return []
  const [x, y] = [Math.round(point[0]), Math.round(point[1])]
  return nearby.flatMap((dx) => nearby.map((dy): Point => [x + dx, y + dy]))
}

function cheapest(points: readonly Point[], [a, b, c, d]: readonly [Point, Point, Point, Point]): Step | null {
  let step: Step | null = null
  for (const by of points) {
    const growth = 2 * (areaOf([a, by, d, a]) - areaOf([a, b, c, d, a]))
    if (growth > 0 && (!step || growth < step.growth)) step = { by, growth }
  }
  return step
}

/** Whether the new edges cross none of those that stay. */
function isFree(corner: Corner, { by }: Step): boolean {
  const from = corner.before
  const to = by ? corner.after.after : corner.after
  const edges: Edge[] = by
    ? [
        [from.point, by],
        [by, to.point],
      ]
    : [[from.point, to.point]]
  for (let at = to; at !== from; at = at.after) {
    const stays: Edge = [at.point, at.after.point]
    if (edges.some((edge) => areNear(stays, edge) && doClash(stays, edge))) return false
  }
  return true
}

/** Consecutive edges may share their common point and no other. */
function doClash([a, b]: Edge, [c, d]: Edge): boolean {
  if (isSame(b, c)) return isSame(a, d) || doOverlap(b, a, d)
  if (isSame(d, a)) return doOverlap(a, b, c)
  return doMeet([a, b], [c, d])
}

const doOverlap = (shared: Point, a: Point, b: Point): boolean =>
  turn(shared, a, b) === 0 && (isBetween(shared, a, b) || isBetween(shared, b, a))

/** Applies the step; its neighbours are evaluated again. */
function taken(corner: Corner, { by }: Step): Corner {
  const from = corner.before
  const to = by ? corner.after.after : corner.after
  if (by) {
    corner.point = by
    join(corner, to)
  } else join(from, to)
  let near = from.before.before
  for (let count = 0; count < 7; count += 1, near = near.after) near.step = stepAt(near)
  return from
}

function join(before: Corner, after: Corner): void {
  before.after = after
  after.before = before
}
