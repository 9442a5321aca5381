import { describe, expect, test } from 'vitest'
import { metresBetween } from '#server/areas/rules/distance.ts'
import { type FilePlace, readRow } from './file-row.ts'
import type { StreetLine } from './place.ts'
import { streetOf, streetsAmong, type Way } from './ways.ts'

/** Metres east and north of a point in the city. */
const at = (east: number, north = 0): [number, number] => [
  Math.round((105.8 + east / 103_900) * 1e5) / 1e5,
  Math.round((21 + north / 110_900) * 1e5) / 1e5,
]

function way(name: string, ...line: [number, number][]): Way {
  const read = readRow({ name, kind: 'residential', geometry: { type: 'LineString', coordinates: line } })
  if (typeof read === 'string' || 'fault' in read) throw new Error(`${name} is no way`)
  return read.place as FilePlace & { lines: StreetLine[] }
}

/** Each in turn first, in both directions. */
const orders = <Each>(list: readonly Each[]): Each[][] =>
  list.flatMap((_, i) => {
    const turned = [...list.slice(i), ...list.slice(0, i)]
    return [turned, turned.toReversed()]
  })

const names = (ways: readonly Way[]) => streetsAmong(ways).map((street) => street.map(({ name }) => name))

describe('ways of one name', () => {
  const [first, second, third] = [
    way('Đường Láng', at(0), at(500)),
    way('Láng', at(500), at(700), at(1000, 200)),
    way('Đường Láng', at(1000, 200), at(2000, 200)),
  ]

  test.each([
    ['that meet end to end', [first, second, third], 1],
    ['of which one ends within the other', [first, way('Láng', at(250, 20), at(250, 400))], 1],
    ['that are the two carriageways of a street', [first, way('Đường Láng', at(450, 15), at(20, 15))], 1],
    ['that cut each other', [first, way('Láng', at(250, -300), at(250, 300))], 1],
    ['with a gap of 90 m', [first, way('Láng', at(590), at(900))], 1],
    ['with a gap of 120 m', [first, way('Láng', at(620), at(900))], 2],
    ['far from each other', [first, way('Láng', at(20_000), at(20_500))], 2],
    ['far from each other, side by side', [first, way('Láng', at(0, 3000), at(500, 3000))], 2],
    ['the same way twice', [first, first], 1],
  ])('%s: streets', (_, ways, streets) => {
    for (const order of orders(ways)) expect(streetsAmong(order)).toHaveLength(streets)
  })

  test('are the same street in whatever order and direction they come', () => {
    const ways = [first, second, third, way('Láng', at(1000, 200), at(1000, 500))]
    const street = streetOf([first, second, third, ...ways.slice(3)])
    for (const order of orders(ways)) {
      const turned = order.map((each) => ({ ...each, lines: each.lines.map((line) => line.toReversed()) }))
      for (const [group, ...others] of [streetsAmong(order), streetsAmong(turned)]) {
        expect(others).toEqual([])
        expect(group && streetOf(group)).toEqual(street)
      }
    }
  })

  test('continue one another as one line, up to where streets branch', () => {
    expect(streetOf([second, third, first]).lines).toEqual([
      [at(0), at(500), at(700), at(1000, 200), at(2000, 200)].toReversed(),
    ])
    const branch = way('Láng', at(500), at(500, 300))
    expect(
      streetOf([first, second, branch])
        .lines.map(({ length }) => length)
        .sort(),
    ).toEqual([2, 2, 3])
    const ring = [way('Láng', at(0), at(100), at(100, 100)), way('Láng', at(100, 100), at(0, 100), at(0))] as const
    expect(streetOf(ring).lines.map(({ length }) => length)).toEqual([5])
  })

  test('give their street the name of most of its length, a middle on it, and how far it reaches', () => {
    const street = streetOf([second, first, third])
    expect(street).toMatchObject({ name: 'Đường Láng', key: 'lang', west: at(0)[0], east: at(2000)[0] })
    const [lon, lat] = at(1000, 200)
    expect(metresBetween(street, { lon, lat })).toBeLessThan(80)
    expect(street.metres).toBeGreaterThan(950)
    expect(street.metres).toBeLessThan(1100)
  })

  test('that have too many points together stay in parts', () => {
    const long = Array.from({ length: 3 }, (_, part) =>
      way('Quốc lộ 6', ...Array.from({ length: 2000 }, (_, i) => at(part * 2000 + i, (i % 2) * 3))),
    )
    expect(names(long.slice(1))).toEqual([['Quốc lộ 6', 'Quốc lộ 6']])
    expect(streetsAmong(long)).toHaveLength(3)
  })

  test('of thousands far apart, hardly any are compared', () => {
    const many = Array.from({ length: 5000 }, (_, i) => way('Ngõ 33', at(i * 150), at(i * 150 + 20)))
    const started = performance.now()
    expect(streetsAmong(many)).toHaveLength(many.length)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
