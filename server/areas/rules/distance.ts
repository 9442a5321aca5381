import type { LonLat } from './area-of-point.ts'

/** Metres per degree of latitude, and of longitude at the equator. */
export const metresPerDegree = { lat: 110_900, lon: 111_320 }

/**
 * Nearer to a pole degrees of longitude shrink to nothing: a circle there would cover an unbounded number of squares.
 */
const farthestLat = 85

export const lengthOfLon = (lat: number) =>
  metresPerDegree.lon * Math.cos((Math.min(Math.abs(lat), farthestLat) * Math.PI) / 180)

/** The distance between two points of a city, in metres; at that scale the earth counts as flat. */
export function metresBetween(a: LonLat, b: LonLat): number {
  const east = (a.lon - b.lon) * lengthOfLon((a.lat + b.lat) / 2)
  return Math.hypot(east, (a.lat - b.lat) * metresPerDegree.lat)
}
