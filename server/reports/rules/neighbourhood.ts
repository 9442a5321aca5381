import { lengthOfLon, metresPerDegree } from '#server/areas/rules/distance.ts'

export type Point = { lon: number; lat: number }

const squaresPerDegree = 400
const squaresAround = 360 * squaresPerDegree

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
