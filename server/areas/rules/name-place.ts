import type { AreaShape, LonLat } from './area-of-point.ts'
import { lengthOfLon, metresPerDegree } from './distance.ts'

type Line = readonly (readonly number[])[]

/** What a name on land keeps away from. */
export type Water = { lakes: readonly Line[]; rivers: readonly { line: Line; metres: number }[] }

/** A name is wider than high: what stands above or below it may come nearer than what stands beside it. */
const nearerAbove = 2
/** Metres of room that a name gives up for each metre nearer to the middle: of places as roomy, the one there. */
const towardsMiddle = 0.1
/** In metres: finer than the map shows. */
const precision = 60

/** A square; `most`: no point of it is worth more. */
type Cell = { x: number; y: number; half: number; worth: number; most: number }

/**
 * Where the name of an area is written: the point on land that is farthest from its boundary and from all water. As
 * polylabel finds it, by dividing the squares that can still hold a better point than the best so far, but with the
 * water as a second kind of boundary, which that library does not have.
 */
export function placeOfName(shape: AreaShape, water: Water): LonLat {
  const rings = shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()
  const bounds = boundsOf(rings.flat())
  const scale = {
    x: lengthOfLon((bounds.south + bounds.north) / 2),
    y: metresPerDegree.lat * nearerAbove,
  }
  const land = sidesOf(rings, scale)
  const lakes = water.lakes.filter((lake) => isNear(bounds, lake)).map((lake) => sidesOf([lake], scale))
  const rivers = water.rivers.flatMap(({ line, metres }) =>
    line.slice(1).flatMap((to, i) => {
      const part = [line[i] as readonly number[], to]
      return isNear(bounds, part, metres) ? [{ sides: sidesOf([part], scale), half: metres / 2 }] : []
    }),
  )
  /** In metres, negative where no name belongs: beyond the boundary, or in water. */
  const roomAt = (x: number, y: number): number => {
    let room = depthIn(land, x, y)
    for (const lake of lakes) room = Math.min(room, -depthIn(lake, x, y))
    for (const { sides, half } of rivers) room = Math.min(room, Math.abs(depthIn(sides, x, y)) - half)
    return room
  }
  const [west, south] = [bounds.west * scale.x, bounds.south * scale.y]
  const [east, north] = [bounds.east * scale.x, bounds.north * scale.y]
  const middle = { x: (west + east) / 2, y: (south + north) / 2 }
  const cellAt = (x: number, y: number, half: number): Cell => {
    const worth = roomAt(x, y) - towardsMiddle * Math.hypot(x - middle.x, y - middle.y)
    return { x, y, half, worth, most: worth + half * Math.SQRT2 * (1 + towardsMiddle) }
  }
  const side = Math.min(east - west, north - south)
  let cells: Cell[] = []
  for (let x = west; x < east; x += side) {
    for (let y = south; y < north; y += side) cells.push(cellAt(x + side / 2, y + side / 2, side / 2))
  }
  let best = cellAt(middle.x, middle.y, 0)
  // All squares of one size, then their quarters: the best so far is soon so good that few are divided.
  while (cells.length > 0) {
    for (const cell of cells) if (cell.worth > best.worth) best = cell
    cells = cells
      .filter(({ most }) => most > best.worth + precision)
      .flatMap(({ x, y, half }) =>
        [-half / 2, half / 2].flatMap((right) =>
          [-half / 2, half / 2].map((up) => cellAt(x + right, y + up, half / 2)),
        ),
      )
  }
  return { lon: best.x / scale.x, lat: best.y / scale.y }
}

type Bounds = { west: number; south: number; east: number; north: number }

function boundsOf(line: Line): Bounds {
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [lon = 0, lat = 0] of line) {
    bounds.west = Math.min(bounds.west, lon)
    bounds.east = Math.max(bounds.east, lon)
    bounds.south = Math.min(bounds.south, lat)
    bounds.north = Math.max(bounds.north, lat)
  }
  return bounds
}

/** Water elsewhere is farther from every point of the area than its boundary. */
function isNear(bounds: Bounds, line: Line, metres = 0): boolean {
  const { west, south, east, north } = boundsOf(line)
  const margin = metres / metresPerDegree.lat
  return (
    west - margin < bounds.east &&
    east + margin > bounds.west &&
    south - margin < bounds.north &&
    north + margin > bounds.south
  )
}

/** The ends of all sides of the lines in metres, four numbers each. */
const sidesOf = (lines: readonly Line[], scale: { x: number; y: number }): Float64Array =>
  Float64Array.from(
    lines.flatMap((line) =>
      line.slice(1).flatMap(([lon = 0, lat = 0], i) => {
        const [fromLon = 0, fromLat = 0] = line[i] ?? []
        return [fromLon * scale.x, fromLat * scale.y, lon * scale.x, lat * scale.y]
      }),
    ),
  )

/** How far a point is from the nearest side, negative outside of the shape that they enclose. */
function depthIn(sides: Float64Array, x: number, y: number): number {
  let isInside = false
  let least = Infinity
  for (let i = 0; i < sides.length; i += 4) {
    const x1 = sides[i] as number
    const y1 = sides[i + 1] as number
    const dx = (sides[i + 2] as number) - x1
    const dy = (sides[i + 3] as number) - y1
    if (y1 > y !== y1 + dy > y && x < (dx * (y - y1)) / dy + x1) isInside = !isInside
    const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)))
    const right = x - x1 - along * dx
    const up = y - y1 - along * dy
    least = Math.min(least, right * right + up * up)
  }
  return Math.sqrt(least) * (isInside ? 1 : -1)
}
