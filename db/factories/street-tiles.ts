import { PbfWriter } from 'pbf'

type LonLat = readonly [number, number]
type Drawn = { layer: string; kind: 'line' | 'polygon'; places: readonly LonLat[]; properties: Record<string, string> }

/** The one tile of the file: it holds the inner city, and is enlarged in closer views. */
const tile = { zoom: 8, x: 203, y: 112 }
const extent = 4096

/** A file of vector tiles as MAP_PMTILES names it, with these lines and polygons of the inner city. */
export function buildStreetTiles(drawn: readonly Drawn[]): Buffer {
  const layers = new Map(drawn.map(({ layer }) => [layer, drawn.filter((each) => each.layer === layer)]))
  const pbf = new PbfWriter()
  for (const [name, features] of layers) pbf.writeMessage(3, writeLayer, { name, features })
  const data = Buffer.from(pbf.finish())
  const directory = new PbfWriter()
  // One entry: the tile, one run of it, its length, and its place at the beginning of the data.
  for (const value of [1, tileId(), 1, data.length, 1]) directory.writeVarint(value)
  return archive(Buffer.from(directory.finish()), Buffer.from('{}'), data)
}

function writeLayer({ name, features }: { name: string; features: readonly Drawn[] }, pbf: PbfWriter) {
  const keys = [...new Set(features.flatMap(({ properties }) => Object.keys(properties)))]
  const values = [...new Set(features.flatMap(({ properties }) => Object.values(properties)))]
  pbf.writeVarintField(15, 2)
  pbf.writeStringField(1, name)
  for (const { kind, places, properties } of features) {
    const tags = Object.entries(properties).flatMap(([key, value]) => [keys.indexOf(key), values.indexOf(value)])
    pbf.writeMessage(2, writeFeature, { tags, kind, places })
  }
  for (const key of keys) pbf.writeStringField(3, key)
  for (const value of values) pbf.writeMessage(4, writeText, value)
  pbf.writeVarintField(5, extent)
}

function writeFeature({ tags, kind, places }: Pick<Drawn, 'kind' | 'places'> & { tags: number[] }, pbf: PbfWriter) {
  const corners = places.map(onTile)
  const steps = corners.map(([x, y], at) => {
    const [px, py] = corners[at - 1] ?? [0, 0]
    return [zigzag(x - px), zigzag(y - py)] as const
  })
  const [first = [0, 0], ...rest] = steps
  const [moveTo, lineTo, close] = [1, 2, 7]
  pbf.writePackedVarint(2, tags)
  pbf.writeVarintField(3, kind === 'line' ? 2 : 3)
  pbf.writePackedVarint(4, [
    (1 << 3) | moveTo,
    ...first,
    (rest.length << 3) | lineTo,
    ...rest.flat(),
    ...(kind === 'polygon' ? [(1 << 3) | close] : []),
  ])
}

const writeText = (text: string, pbf: PbfWriter) => pbf.writeStringField(1, text)

const zigzag = (step: number) => (step << 1) ^ (step >> 31)

function onTile([lon, lat]: LonLat): readonly [number, number] {
  const world = 2 ** tile.zoom
  const sine = Math.sin((lat * Math.PI) / 180)
  const x = ((lon + 180) / 360) * world
  const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world
  return [Math.round((x - tile.x) * extent), Math.round((y - tile.y) * extent)]
}

/** The place of the tile on the Hilbert curve, after all tiles of the zooms before. */
function tileId(): number {
  let id = (4 ** tile.zoom - 1) / 3
  let { x, y } = tile
  for (let side = 2 ** (tile.zoom - 1); side > 0; side /= 2) {
    const [right, low] = [(x & side) > 0 ? 1 : 0, (y & side) > 0 ? 1 : 0]
    id += side * side * ((3 * right) ^ low)
    if (low === 0) {
      if (right === 1) [x, y] = [2 ** tile.zoom - 1 - x, 2 ** tile.zoom - 1 - y]
      ;[x, y] = [y, x]
    }
  }
  return id
}

/** The head of version 3 and the parts that it names, nothing of it compressed. */
function archive(directory: Buffer, metadata: Buffer, data: Buffer): Buffer {
  const head = Buffer.alloc(127)
  head.write('PMTiles', 'latin1')
  head.writeUInt8(3, 7)
  const end = head.length + directory.length
  const parts = [head.length, directory.length, end, metadata.length, 0, 0, end + metadata.length, data.length, 1, 1, 1]
  for (const [at, value] of parts.entries()) head.writeBigUInt64LE(BigInt(value), 8 + 8 * at)
  const [clustered, plain, vector] = [1, 1, 1]
  head.set([clustered, plain, plain, vector, tile.zoom, tile.zoom], 96)
  const [west, south, east, north] = [105.47, 20.3, 106.87, 21.6]
  for (const [at, degrees] of [west, south, east, north].entries()) head.writeInt32LE(degrees * 1e7, 102 + 4 * at)
  head.writeUInt8(tile.zoom, 118)
  head.writeInt32LE(105.85 * 1e7, 119)
  head.writeInt32LE(21.03 * 1e7, 123)
  return Buffer.concat([head, directory, metadata, data])
}
