export type Point = { lon: number; lat: number }

/** Metres per degree of latitude, and of longitude at the equator. */
const metresPerDegree = { lat: 110_900, lon: 111_320 }
const squaresPerDegree = 400
const squaresAround = 360 * squaresPerDegree

/**
 * Nearer to a pole degrees of longitude shrink to nothing: a circle there would cover an unbounded number of squares.
 */
const farthestLat = 85

const lengthOfLon = (lat: number) =>
  metresPerDegree.lon * Math.cos((Math.min(Math.abs(lat), farthestLat) * Math.PI) / 180)

/** The distance between two points of a city, in metres; at that scale the earth counts as flat. */
export function metresBetween(a: Point, b: Point): number {
  const east = (a.lon - b.lon) * lengthOfLon((a.lat + b.lat) / 2)
  return Math.hypot(east, (a.lat - b.lat) * metresPerDegree.lat)
}

const rowOf = (lat: number) => Math.floor((lat + 90) * squaresPerDegree)
const columnOf = (lon: number) => Math.floor((lon + 180) * squaresPerDegree)

/** The number of the square that contains a point, computed like `report_cell` in the database. */
export const cellOf = ({ lon, lat }: Point): number => rowOf(lat) * squaresAround + columnOf(lon)

/** Every square that a circle around the point may reach into. */
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
