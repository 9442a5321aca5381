import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AreaFeature, type AreaShape, areaOfPoint, indexAreas, isWithin } from './area-of-point.ts'

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]

const features: AreaFeature[] = [
  { code: 'ring', shape: { type: 'Polygon', coordinates: [square(0, 0, 10), square(4, 4, 2)] } },
  { code: 'hole', shape: { type: 'Polygon', coordinates: [square(4, 4, 2)] } },
  {
    code: 'islands',
    shape: { type: 'MultiPolygon', coordinates: [[square(20, 0, 5)], [square(30, 0, 5), square(31, 1, 1)]] },
  },
]
const index = indexAreas(features)

test.each([
  ['inside a polygon', 1, 1, 'ring'],
  ['in the hole, where another area lies', 5, 5, 'hole'],
  ['on the first island', 22, 2, 'islands'],
  ['on the second island', 34, 4, 'islands'],
  ['in the hole of the second island', 31.5, 1.5, null],
  ['between the islands', 27, 2, null],
  ['far outside', 400, -80, null],
  ['nowhere', Number.NaN, 1, null],
])('a point %s', (_, lon, lat, expected) => {
  expect(areaOfPoint(index, { lon, lat })).toBe(expected)
})

test('without areas every point is outside', () => {
  expect(areaOfPoint(indexAreas([]), { lon: 105.85, lat: 21.03 })).toBeNull()
})

type Commune = { geometry: AreaShape; properties: { code: string; label_lon: number; label_lat: number } }
const file = new URL('../../../db/data/hanoi/communes-2025.approx.geojson', import.meta.url)
const communes = (JSON.parse(readFileSync(file, 'utf8')) as { features: Commune[] }).features
const city = indexAreas(communes.map(({ geometry, properties }) => ({ code: properties.code, shape: geometry })))

test('the grid gives the same answer as testing all 126 communes one by one', () => {
  const slow = (lon: number, lat: number) =>
    communes.find(({ geometry }) => {
      const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
      return polygons.some((rings) => isWithin(rings, { lon, lat }))
    })?.properties.code ?? null
  const lons = fc.double({ min: 105.25, max: 106.05, noNaN: true })
  const lats = fc.double({ min: 20.54, max: 21.4, noNaN: true })
  fc.assert(
    fc.property(lons, lats, (lon, lat) => areaOfPoint(city, { lon, lat }) === slow(lon, lat)),
    { numRuns: 400 },
  )
})

test('Hồ Gươm is in phường Hoàn Kiếm and Sơn Tây citadel in phường Sơn Tây', () => {
  expect(areaOfPoint(city, { lon: 105.8523, lat: 21.0288 })).toBe('00070')
  expect(areaOfPoint(city, { lon: 105.5045, lat: 21.1385 })).toBe('09574')
})
