export type LonLat = { lon: number; lat: number }
type Position = readonly number[]
type Ring = readonly Position[]

/** The boundary of one area: GeoJSON's polygon or multi-polygon, holes included. */
export type AreaShape =
  | { type: 'Polygon'; coordinates: readonly Ring[] }
  | { type: 'MultiPolygon'; coordinates: readonly (readonly Ring[])[] }

export type AreaFeature = { code: string; shape: AreaShape }

type Part = { code: string; rings: readonly Ring[]; west: number; south: number; east: number; north: number }

/** Boundaries prepared for many queries: a grid of cells, each listing the parts whose bounding box touches it. */
export type AreaIndex = {
  west: number
  south: number
  cellWidth: number
  cellHeight: number
  columns: number
  rows: number
  cells: readonly (readonly Part[])[]
}

const cellsPerSide = 64

export function indexAreas(features: Iterable<AreaFeature>): AreaIndex {
  const parts: Part[] = []
  for (const { code, shape } of features) {
    const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates
    for (const rings of polygons) parts.push({ code, rings, ...boundsOf(rings) })
  }
  const west = Math.min(...parts.map((part) => part.west))
  const south = Math.min(...parts.map((part) => part.south))
  const cellWidth = (Math.max(...parts.map((part) => part.east)) - west) / cellsPerSide
  const cellHeight = (Math.max(...parts.map((part) => part.north)) - south) / cellsPerSide
  const cells: Part[][] = Array.from({ length: cellsPerSide * cellsPerSide }, () => [])
  const index = { west, south, cellWidth, cellHeight, columns: cellsPerSide, rows: cellsPerSide, cells }
  for (const part of parts) {
    for (let row = rowOf(index, part.south); row <= rowOf(index, part.north); row += 1) {
      for (let column = columnOf(index, part.west); column <= columnOf(index, part.east); column += 1) {
        cells[row * cellsPerSide + column]?.push(part)
      }
    }
  }
  return index
}

/**
 * The code of the area that contains the point, or null outside all of them. Where drawn boundaries overlap, the first
 * area of the index wins, so the answer is deterministic.
 */
export function areaOfPoint(index: AreaIndex, point: LonLat): string | null {
  if (!Number.isFinite(point.lon) || !Number.isFinite(point.lat) || index.cells.length === 0) return null
  const cell = index.cells[rowOf(index, point.lat) * index.columns + columnOf(index, point.lon)] ?? []
  for (const part of cell) {
    const { west, south, east, north } = part
    if (point.lon < west || point.lon > east || point.lat < south || point.lat > north) continue
    if (isWithin(part.rings, point)) return part.code
  }
  return null
}

/** Even-odd rule over all rings at once: a point in a hole crosses two boundaries and so is outside. */
export function isWithin(rings: readonly Ring[], { lon, lat }: LonLat): boolean {
  let inside = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [x1 = 0, y1 = 0] = ring[i] ?? []
      const [x2 = 0, y2 = 0] = ring[j] ?? []
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}

function boundsOf(rings: readonly Ring[]) {
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [lon = 0, lat = 0] of rings[0] ?? []) {
    bounds.west = Math.min(bounds.west, lon)
    bounds.east = Math.max(bounds.east, lon)
    bounds.south = Math.min(bounds.south, lat)
    bounds.north = Math.max(bounds.north, lat)
  }
  return bounds
}

function columnOf(index: AreaIndex, lon: number): number {
  return clamp(Math.floor((lon - index.west) / index.cellWidth), index.columns)
}

function rowOf(index: AreaIndex, lat: number): number {
  return clamp(Math.floor((lat - index.south) / index.cellHeight), index.rows)
}

function clamp(cell: number, count: number): number {
  return Math.min(Math.max(cell, 0), count - 1)
}
