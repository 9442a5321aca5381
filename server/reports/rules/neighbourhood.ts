export type Point = { lon: number; lat: number }

/** A degree of latitude, and of longitude at the equator. */
const metresPerDegree = { lat: 110_900, lon: 111_320 }
const squaresPerDegree = 400
const squaresAround = 360 * squaresPerDegree

/** Nearer to a pole degrees of longitude shrink to nothing: a circle there would reach into squares without end. */
const farthestLat = 85

const lengthOfLon = (lat: number) =>
  metresPerDegree.lon * Math.cos((Math.min(Math.abs(lat), farthestLat) * Math.PI) / 180)

/** How far apart two points of a city are; on the ground between them the earth counts as flat. */
export function metresBetween(a: Point, b: Point): number {
  const east = (a.lon - b.lon) * lengthOfLon((a.lat + b.lat) / 2)
  return Math.hypot(east, (a.lat - b.lat) * metresPerDegree.lat)
}

const rowOf = (lat: number) => Math.floor((lat + 90) * squaresPerDegree)
const columnOf = (lon: number) => Math.floor((lon + 180) * squaresPerDegree)

/** The square a point lies in, counted as `report_cell` counts it in the database. */
export const cellOf = ({ lon, lat }: Point): number => rowOf(lat) * squaresAround + columnOf(lon)

/** Every square that a circle round the point may reach into. */
export function cellsAround({ lon, lat }: Point, metres: number): number[] {
  const north = metres / metresPerDegree.lat
  const east = metres / lengthOfLon(lat)
  const cells: number[] = []
  for (let row = rowOf(lat - north); row <= rowOf(lat + north); row += 1) {
    for (let column = columnOf(lon - east); column <= columnOf(lon + east); column += 1) {
      cells.push(row * squaresAround + column)
    }
  }
  return cells
}
