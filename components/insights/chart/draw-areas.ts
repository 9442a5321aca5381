import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'

type Named = { id: number; name: string }
export type DrawnArea = Named & { path: string; x: number; y: number }

const width = 600
/** Corners nearer to the last one than this cannot be distinguished on screen. */
const least = 0.7

/** The districts within the inner ring road, where communes are too small for a map of the whole city. */
const innerCity = { west: 105.775, east: 105.905, south: 20.965, north: 21.075 } as const

/** Boundaries as SVG paths, in a projection that keeps distances at the latitude of the city. */
export function drawAreas({ features }: FeatureCollection<Polygon | MultiPolygon, Named>) {
  const rings = features.flatMap(({ geometry }) => ringsOf(geometry))
  const lons = rings.flatMap((ring) => ring.map(([lon = 0]) => lon))
  const lats = rings.flatMap((ring) => ring.map(([, lat = 0]) => lat))
  const [west, east] = extent(lons)
  const [south, north] = extent(lats)
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = width / ((east - west) * squeeze || 1)
  const place = ([lon = 0, lat = 0]: Position) => [(lon - west) * squeeze * scale, (north - lat) * scale] as const

  const areas = features.map(({ properties, geometry }): DrawnArea => {
    const own = ringsOf(geometry).map((ring) => thin(ring.map(place)))
    const [x0, x1] = extent(own.flatMap((ring) => ring.map(([x]) => x)))
    const [y0, y1] = extent(own.flatMap((ring) => ring.map(([, y]) => y)))
    const path = own.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`).join('')
    return { id: properties.id, name: properties.name, path, x: (x0 + x1) / 2, y: (y0 + y1) / 2 }
  })
  const [left, top] = place([innerCity.west, innerCity.north])
  const [right, bottom] = place([innerCity.east, innerCity.south])
  const height = Math.ceil((north - south) * scale) || width
  return { areas, width, height, inner: { left, top, width: right - left, height: bottom - top } }
}

const ringsOf = (geometry: Polygon | MultiPolygon): Position[][] =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()

/** Without spread syntax: there are more corners than a call takes arguments. */
function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}

function thin(ring: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = []
  for (const corner of ring) {
    const last = kept.at(-1)
    if (!last || Math.hypot(corner[0] - last[0], corner[1] - last[1]) >= least) kept.push(corner)
  }
  return kept.length >= 3 ? kept : [...ring]
}
