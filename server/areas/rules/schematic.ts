import type { Water } from './name-place.ts'

type Shape = { type: 'LineString'; coordinates: number[][] } | { type: 'Polygon'; coordinates: number[][][] }

/** Our drawing of rivers, lakes, bridges and main axes: a GeoJSON collection of features. */
export type Schematic = {
  features: { geometry: Shape; properties: { kind: string; name?: string; width?: number } }[]
}

export type RiverClass = 1 | 2 | 3

/** How wide the rivers of each class are drawn, in metres on the ground. */
export const riverMetres: Readonly<Record<RiverClass, number>> = { 1: 45, 2: 270, 3: 890 }

export function waterOf({ features }: Schematic): Water {
  return {
    lakes: features.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? geometry.coordinates : [])),
    rivers: features.flatMap(({ geometry, properties: { kind, width } }) =>
      geometry.type === 'LineString' && kind === 'river'
        ? [{ line: geometry.coordinates, metres: riverMetres[width as RiverClass] }]
        : [],
    ),
  }
}
