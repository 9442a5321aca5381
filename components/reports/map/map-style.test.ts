import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VectorTile } from '@mapbox/vector-tile'
import { featureFilter, validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import type { FeatureCollection, LineString, Polygon } from 'geojson'
import { PbfReader } from 'pbf'
import { PMTiles } from 'pmtiles'
import { expect, test } from 'vitest'
import { handleFonts } from '#server/bulletins/http/fonts.ts'
import { fontFaces } from './labels.ts'
import { type Base, ownStyle } from './map-style.ts'

const streets = { kind: 'streets', url: 'http://localhost/api/map/streets.pmtiles' } as const
const bases: readonly Base[] = [null, { kind: 'schematic' }, streets]

test('the style is valid in light and dark over each base, and loads nothing from elsewhere', () => {
  for (const scheme of ['light', 'dark'] as const) {
    for (const base of bases) {
      const style = ownStyle(scheme, 7, base)
      expect(validateStyleMin(style)).toEqual([])
      expect(JSON.stringify(style)).not.toMatch(/https?:\/\/(?!localhost)/)
    }
  }
})

test('the desk serves the fonts of the names', async ({ onTestFinished }) => {
  const server = createServer((req, res) => void (handleFonts(req, res) || res.writeHead(404).end()))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const faces = Object.values(fontFaces ?? {}).flat()
  expect(faces).toHaveLength(6)
  for (const face of faces) {
    const { status } = await fetch(home + (typeof face === 'string' ? face : face.url), { method: 'HEAD' })
    expect(status, JSON.stringify(face)).toBe(200)
  }
})

test('each layer over the drawing finds something in it', () => {
  const file = new URL('../../../db/data/hanoi/schematic.geojson', import.meta.url)
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as Drawing
  const layers = ownStyle('light', null, { kind: 'schematic' }).layers.flatMap((layer) =>
    layer.type !== 'background' && layer.source === 'schematic' ? [layer] : [],
  )
  expect(layers.length).toBeGreaterThan(5)
  const empty = layers.filter(({ id, filter: own }) => {
    const { filter } = featureFilter(own, id)
    return !features.some(({ geometry: { type }, properties }) => filter({ zoom: 14 }, { type, properties }))
  })
  expect(empty.map(({ id }) => id)).toEqual([])
})

type Drawing = FeatureCollection<LineString | Polygon, Record<string, string | number>>

const isInstalled = ['tilemaker', 'osmium'].every((program) => spawnSync(program, ['--help']).status === 0)
const settings = '/usr/share/doc/tilemaker/examples'

/** What docs/base-map.md describes, with a few ways instead of a city. */
test.skipIf(!isInstalled)('each layer over the streets finds something in a file that tilemaker wrote', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'streets-'))
  const at = (name: string) => join(folder, name)
  try {
    writeFileSync(at('city.osm'), osm())
    execFileSync('osmium', ['cat', at('city.osm'), '-o', at('city.osm.pbf')])
    const config = [
      '--config',
      `${settings}/config-openmaptiles.json`,
      '--process',
      `${settings}/process-openmaptiles.lua`,
    ]
    const way = ['--input', at('city.osm.pbf'), '--output', at('streets.pmtiles'), '--bbox', '105.8,21,105.9,21.1']
    execFileSync('tilemaker', [...way, ...config], { cwd: folder, stdio: 'ignore' })
    const file = readFileSync(at('streets.pmtiles'))
    const archive = new PMTiles({
      getKey: () => 'streets',
      getBytes: async (offset, length) => ({ data: Uint8Array.from(file.subarray(offset, offset + length)).buffer }),
    })
    const { data } = (await archive.getZxy(14, 13_009, 7212)) ?? {}
    const { layers } = new VectorTile(new PbfReader(new Uint8Array(data as ArrayBuffer)))
    const wanted = ownStyle('light', null, streets).layers.flatMap((layer) =>
      layer.type !== 'background' && layer.source === 'streets' ? [layer] : [],
    )
    expect(wanted.length).toBeGreaterThan(12)
    const empty = wanted.filter(({ id, filter: own, 'source-layer': name = '' }) => {
      const { filter } = featureFilter(own, id)
      const features = Array.from({ length: layers[name]?.length ?? 0 }, (_, index) => layers[name]?.feature(index))
      return !features.some((feature) => feature && filter({ zoom: 14 }, feature))
    })
    expect(empty.map(({ id }) => id)).toEqual([])
    const named = layers.transportation_name
    const names = Array.from({ length: named?.length ?? 0 }, (_, index) => named?.feature(index).properties)
    expect(names).toContainEqual(expect.objectContaining({ 'name:latin': 'Đường Giải Phóng', ref: 'QL.1' }))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** Ways around Hoàn Kiếm lake, one of each kind that the style draws; closed ones are areas. */
function osm(): string {
  const lines: Record<string, string>[] = [
    { highway: 'primary', name: 'Đường Giải Phóng', ref: 'QL.1' },
    { highway: 'trunk', bridge: 'yes', name: 'Cầu Chương Dương' },
    { highway: 'footway' },
    { railway: 'rail' },
    { aeroway: 'runway' },
    { waterway: 'river', name: 'Sông Hồng' },
  ]
  const shapes: Record<string, string>[] = [
    { leisure: 'park' },
    { leisure: 'nature_reserve', name: 'Vườn' },
    { natural: 'water', name: 'Hồ Hoàn Kiếm' },
    { building: 'yes' },
  ]
  const nodes: string[] = []
  const node = (east: number, north: number, inside = '') => {
    const id = nodes.length + 1
    nodes.push(`<node id="${id}" version="1" lat="${21.028 + north}" lon="${105.85 + east}">${inside}</node>`)
    return `<nd ref="${id}"/>`
  }
  const tags = (of: Record<string, string>) =>
    Object.entries(of)
      .map(([key, value]) => `<tag k="${key}" v="${value}"/>`)
      .join('')
  const ways = [...lines, ...shapes].map((of, index) => {
    const north = index / 5000
    const first = node(0, north)
    const corners =
      index < lines.length
        ? [first, node(0.003, north)]
        : [first, node(0.003, north), node(0.003, north + 0.002), node(0, north + 0.002), first]
    return `<way id="${index + 1}" version="1">${corners.join('')}${tags(of)}</way>`
  })
  node(0.001, 0, tags({ place: 'quarter', name: 'Hàng Bạc' }))
  node(0.002, 0.001, tags({ place: 'suburb', name: 'Cửa Nam' }))
  return `<osm version="0.6">${nodes.join('')}${ways.join('')}</osm>`
}
