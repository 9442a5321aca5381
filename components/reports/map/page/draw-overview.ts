import type { FeatureCollection, LineString, MultiPolygon, Polygon, Position } from 'geojson'
import { cityExtent } from '../city.ts'

export type Bounds = { west: number; south: number; east: number; north: number }

const [west, south, east, north] = cityExtent
const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
export const width = 120
const scale = width / ((east - west) * squeeze)
export const height = Math.round((north - south) * scale)
/** Corners nearer to the last one than this cannot be distinguished on screen. */
const least = 0.6

const place = ([lon = 0, lat = 0]: Position) => [(lon - west) * squeeze * scale, (north - lat) * scale] as const

/** Boundaries or rivers as one SVG path. */
export function pathOf({ features }: FeatureCollection<MultiPolygon | Polygon | LineString, unknown>): string {
  return features.flatMap(({ geometry }) => linesOf(geometry).map(strokes)).join('')
}

const linesOf = (geometry: MultiPolygon | Polygon | LineString): Position[][] => {
  if (geometry.type === 'LineString') return [geometry.coordinates]
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

function strokes(line: readonly Position[]): string {
  let last: readonly [number, number] | null = null
  const kept: string[] = []
  for (const [index, position] of line.entries()) {
    const corner = place(position)
    const isEnd = index === line.length - 1
    if (last && !isEnd && Math.hypot(corner[0] - last[0], corner[1] - last[1]) < least) continue
    last = corner
    kept.push(`${corner[0].toFixed(1)} ${corner[1].toFixed(1)}`)
  }
  return `M${kept.join('L')}`
}

const smallest = 3

/** The frame being viewed within the overview; a close view remains visible as a small square. */
export function frameOf(bounds: Bounds): { x: number; y: number; width: number; height: number } {
  const [left, top] = place([Math.max(bounds.west, west), Math.min(bounds.north, north)])
  const [right, bottom] = place([Math.min(bounds.east, east), Math.max(bounds.south, south)])
  const [wide, high] = [Math.max(right - left, smallest), Math.max(bottom - top, smallest)]
  return {
    x: Math.min(Math.max((left + right - wide) / 2, 0), width - wide),
    y: Math.min(Math.max((top + bottom - high) / 2, 0), height - high),
    width: wide,
    height: high,
  }
}
