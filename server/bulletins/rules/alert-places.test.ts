import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { describe, expect, test } from 'vitest'
import { alertLimits } from '#server/platform/rules/limits.ts'
import { cityPlace, communePlace } from './alert-places.ts'
import { coveringRing } from './covering-ring.ts'
import { isWithin, outlineOf } from './outline.ts'
import { areaOf, faultOfRing, outerRings, type Point, type Ring } from './polygons.ts'

const file = join(import.meta.dirname, '../../../db/data/hanoi/communes-2025.approx.geojson')
type Properties = { code: string; name: string }
const { features } = JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection<Polygon | MultiPolygon, Properties>
const communes = features.map(({ properties, geometry }) => ({ ...properties, geometry }))

/** The points of `inner`, its corners and those halfway between, that `outer` does not contain. */
function leftOut(inner: readonly Ring[], outer: readonly Ring[]): Point[] {
  return inner
    .flatMap((ring) => ring.slice(0, -1).flatMap((from, at) => [from, half(from, ring[at + 1] as Point)]))
    .filter((point) => !outer.some((ring) => isWithin(point, ring)))
}

const half = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
const growth = (outer: readonly Ring[], inner: readonly Ring[]) => sizeOf(outer) / sizeOf(inner)
const sizeOf = (rings: readonly Ring[]) => rings.reduce((sum, ring) => sum + Math.abs(areaOf(ring)), 0)

describe('an alert covers', () => {
  test.for(communes.map((commune) => [commune.name, commune] as const))('all of %s', ([, commune]) => {
    const { code, rings } = communePlace(commune)
    const own = outerRings(commune.geometry)
    expect([code, rings.length]).toEqual([commune.code, own.length])
    expect(leftOut(own, rings)).toEqual([])
    for (const ring of rings) {
      expect(faultOfRing(ring)).toBeNull()
      expect(ring.length - 1).toBeLessThanOrEqual(alertLimits.communePoints)
    }
    expect(growth(rings, own)).toBeLessThan(1.25)
  })

  test('the whole city, as one polygon', () => {
    const { code, rings } = cityPlace(communes.map(({ geometry }) => geometry))
    expect([code, rings.length]).toEqual(['01', 1])
    const [ring] = rings
    expect([faultOfRing(ring ?? []), (ring?.length ?? 0) - 1]).toEqual([null, alertLimits.cityPoints])
    const own = communes.flatMap(({ geometry }) => outerRings(geometry))
    expect(leftOut(own, rings)).toEqual([])
    expect(growth(rings, own)).toBeLessThan(1.08)
  })
})

/** A ring with bays and spits: a point at each angle, near or far. */
const spiky = fc
  .array(fc.double({ min: 0.002, max: 0.03, noNaN: true }), { minLength: 5, maxLength: 120 })
  .map((radii) => {
    const ring = radii.map((radius, at): Point => {
      const angle = (at / radii.length) * 2 * Math.PI
      return [105.8 + radius * Math.cos(angle), 21 + radius * Math.sin(angle)].map(rounded) as unknown as Point
    })
    return [...ring, ring[0] as Point]
  })
const rounded = (value: number) => Math.round(value * 100_000) / 100_000

test('whatever the boundary, it is covered by a ring that does not cross itself', () => {
  fc.assert(
    fc.property(spiky, fc.integer({ min: 4, max: 40 }), fc.boolean(), (ring, most, isClockwise) => {
      fc.pre(faultOfRing(ring) === null)
      const covering = coveringRing(isClockwise ? [...ring].reverse() : ring, most)
      expect(covering && faultOfRing(covering)).toBeNull()
      expect(leftOut([ring], [covering ?? []])).toEqual([])
      expect(covering?.length).toBeLessThanOrEqual(Math.max(ring.length, most + 1))
    }),
    { numRuns: 300 },
  )
})

test('a ring that crosses itself is no boundary', () => {
  const bowTie: Ring = [
    [105.8, 21],
    [105.9, 21.1],
    [105.9, 21],
    [105.8, 21.1],
    [105.8, 21],
  ]
  expect(coveringRing(bowTie, 40)).toBeNull()
})

describe('the outline of', () => {
  const square = (lon: number, lat: number): Ring => [
    [lon, lat],
    [lon + 1, lat],
    [lon + 1, lat + 1],
    [lon, lat + 1],
    [lon, lat],
  ]

  test('neighbours is their outer boundary', () => {
    const outline = outlineOf([square(0, 0), square(1, 0), square(0, 1)])
    expect([outline && areaOf(outline), outline?.length]).toEqual([3, 9])
  })

  test('communes with a gap between them is one ring around them all', () => {
    const apart = [square(0, 0), square(3, 0), square(0, 3)]
    const outline = outlineOf(apart) ?? []
    expect(faultOfRing(outline)).toBeNull()
    expect(leftOut(apart, [outline])).toEqual([])
  })

  test('nothing is none', () => {
    expect(outlineOf([])).toBeNull()
  })
})
