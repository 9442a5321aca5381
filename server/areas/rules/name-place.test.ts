import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type AreaShape, isWithin } from './area-of-point.ts'
import { metresBetween } from './distance.ts'
import { placeOfName, type Water } from './name-place.ts'
import { type Schematic, waterOf } from './schematic.ts'

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]
const dry: Water = { lakes: [], rivers: [] }
const commune: AreaShape = { type: 'Polygon', coordinates: [square(105.8, 21, 0.04)] }
const middle = { lon: 105.82, lat: 21.02 }

test('without water the name is in the middle, and never in a hole', () => {
  expect(metresBetween(placeOfName(commune, dry), middle)).toBeLessThan(60)
  const hollow: AreaShape = { type: 'Polygon', coordinates: [square(105.8, 21, 0.04), square(105.81, 21.01, 0.02)] }
  const { lon, lat } = placeOfName(hollow, dry)
  expect(isWithin(hollow.coordinates, { lon, lat })).toBe(true)
})

test('of several parts the name is in the roomiest', () => {
  const parts: AreaShape = { type: 'MultiPolygon', coordinates: [[square(105.7, 21, 0.01)], [square(105.8, 21, 0.04)]] }
  const { lon, lat } = placeOfName(parts, dry)
  expect(metresBetween({ lon, lat: middle.lat }, middle)).toBeLessThan(400)
  expect(isWithin(commune.coordinates, { lon, lat })).toBe(true)
})

test('a lake over most of the commune, beyond its boundary too, leaves the name beside it', () => {
  const lake = square(105.79, 20.99, 0.04)
  const { lon, lat } = placeOfName(commune, { lakes: [lake], rivers: [] })
  expect(isWithin([lake], { lon, lat })).toBe(false)
  expect(isWithin(commune.coordinates, { lon, lat })).toBe(true)
})

test('a river through the middle moves the name to one of its banks, farther from a wide one', () => {
  const line = [
    [105.82, 20.9],
    [105.82, 21.1],
  ]
  const shifts = [45, 890].map((metres) => {
    const { lon } = placeOfName(commune, { lakes: [], rivers: [{ line, metres }] })
    return metresBetween({ lon, lat: middle.lat }, middle)
  })
  expect(shifts[0]).toBeGreaterThan(900)
  expect(shifts[1]).toBeGreaterThan((shifts[0] ?? 0) + 150)
})

test('the names of the city are on land, each in its commune', () => {
  const read = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../../db/data/hanoi/${name}`, import.meta.url), 'utf8'))
  const { features } = read('communes-2025.approx.geojson') as {
    features: { geometry: AreaShape; properties: { short_name: string } }[]
  }
  const water = waterOf(read('schematic.geojson') as Schematic)
  const wrong = features.flatMap(({ geometry, properties: { short_name: name } }) => {
    const point = placeOfName(geometry, water)
    const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
    const lake = water.lakes.find((ring) => isWithin([ring], point))
    return isWithin(rings, point) && !lake ? [] : [name]
  })
  expect(features).toHaveLength(126)
  expect(wrong).toEqual([])
})
