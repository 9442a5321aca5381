import { describe, expect, test } from 'vitest'
import { formatPlace, gridOf, parsePlace, shortAddress } from './map.ts'

const city = { west: 105.3, south: 20.5, east: 106.1, north: 21.4 }

describe('the grid of a map', () => {
  test('stays fixed while the map is panned', () => {
    const [here, there] = [gridOf(city, 11.4), gridOf({ ...city, west: 105.31, east: 106.11 }, 10.6)]
    expect([here.lon, here.lat]).toEqual([there.lon, there.lat])
    for (const { lon, lat, box } of [here, there]) {
      for (const [at, cell] of [
        [box.west, lon],
        [box.south, lat],
      ] as const) {
        expect(Math.abs(at / cell - Math.round(at / cell))).toBeLessThan(1e-6)
      }
    }
  })

  test('reaches a little beyond the visible part', () => {
    const { box } = gridOf(city, 11)
    expect(box.west).toBeLessThan(city.west - 0.15)
    expect(box.north).toBeGreaterThan(city.north + 0.15)
  })

  test('is finer at closer zoom, but limited in its number of cells', () => {
    expect(gridOf(city, 10).lon / gridOf(city, 11).lon).toBe(2)
    const { lon, lat } = gridOf(city, 22)
    expect(((city.east - city.west) / lon) * ((city.north - city.south) / lat)).toBeLessThanOrEqual(2400)
  })
})

test('a place is read back as it was written; an invalid place is null', () => {
  expect(parsePlace(formatPlace({ lon: 105.8525, lat: 21.0287, zoom: 12.5 }))).toEqual({
    lon: 105.8525,
    lat: 21.0287,
    zoom: 12.5,
  })
  for (const text of [null, '', '1,2', 'a,b,c', '200,0,3', '105,21,99', '105,89,3']) expect(parsePlace(text)).toBeNull()
})

test.each([
  ['88 Lò Đúc', 'Lò Đúc'],
  ['số 12A phố Huế, phường Hai Bà Trưng', 'phố Huế'],
  ['12/5-7 Thái Hà', 'Thái Hà'],
  ['đối diện 95 Đê La Thành', 'đối diện 95 Đê La Thành'],
  ['ngõ 12', 'ngõ 12'],
  ['108', '108'],
  ['', ''],
  ['trước cổng bệnh viện đa khoa huyện Đông Anh', 'trước cổng bệnh viện đa khoa…'],
])('the label of a pin says %j as %j', (address, said) => {
  expect(shortAddress(address)).toBe(said)
})
