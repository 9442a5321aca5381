import { expect, test } from 'vitest'
import { readTable } from './files.ts'
import { buildPlaces, codeOfPoint, placeIn, pointNear } from './places.ts'
import { Random } from './random.ts'

const places = buildPlaces('test')

test('every commune has streets, landmarks and points within it', () => {
  const random = new Random('points')
  expect(places.communes).toHaveLength(126)
  for (const commune of places.communes) {
    expect(commune.roads.length, commune.name).toBeGreaterThan(1)
    expect(commune.landmarks.length, commune.name).toBeGreaterThan(2)
    expect(commune.villages.length > 0).toBe(commune.isRural)
    for (let i = 0; i < 20; i += 1) {
      expect(codeOfPoint(places, placeIn(random, commune).point), commune.name).toBe(commune.code)
    }
  }
})

test('reports about one street are within walking distance, and duplicates within 150 m', () => {
  const random = new Random('street')
  const commune = places.communes.find(({ shortName }) => shortName === 'Hai Bà Trưng') ?? places.communes[0]
  if (!commune) throw new Error('no communes')
  for (let i = 0; i < 200; i += 1) {
    const { point } = placeIn(random, commune)
    const near = pointNear(random, commune, point, 120)
    const metres = Math.hypot((near.lon - point.lon) * 103_900, (near.lat - point.lat) * 111_320)
    expect(metres).toBeLessThan(121)
  }
})

test('every landmark of the demo lies in a commune of the city, once', () => {
  const rows = readTable<'name' | 'lon' | 'lat'>('landmarks.csv')
  expect(rows.length).toBeGreaterThanOrEqual(60)
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
  for (const { name, lon, lat } of rows) {
    expect(codeOfPoint(places, { lon: Number(lon), lat: Number(lat) }), name).not.toBeNull()
  }
})

test('the same seed gives the same streets', () => {
  const again = buildPlaces('test')
  expect(again.communes[40]?.roads).toEqual(places.communes[40]?.roads)
  expect(buildPlaces('other').communes[40]?.roads).not.toEqual(places.communes[40]?.roads)
})

test('the inner wards report most, and every commune reports', () => {
  const random = new Random('weights')
  const counts = new Map<string, number>()
  for (let i = 0; i < 20_000; i += 1) {
    const { commune } = places.draw(random)
    counts.set(commune.code, (counts.get(commune.code) ?? 0) + 1)
  }
  expect(counts.size).toBe(126)
  expect(counts.get('00070') ?? 0).toBeGreaterThan((counts.get('09700') ?? 0) * 4)
})
