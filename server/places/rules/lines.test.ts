import { describe, expect, test } from 'vitest'
import { crossingOf } from './lines.ts'
import type { StreetLine } from './place.ts'

const west: StreetLine = [
  [105.8, 21],
  [105.82, 21],
]
const north: StreetLine = [
  [105.81, 20.99],
  [105.81, 21.01],
]

describe('two streets', () => {
  test('meet where they cut each other, whichever is given first', () => {
    for (const [a, b] of [
      [west, north],
      [north, west],
    ] as const) {
      const point = crossingOf([a], [b], 60)
      expect(point?.lon).toBeCloseTo(105.81, 9)
      expect(point?.lat).toBeCloseTo(21, 9)
    }
  })

  test('meet between their nearest points if these are near, also where only a point is known', () => {
    const end: StreetLine = [
      [105.81, 21.0004],
      [105.81, 21.01],
    ]
    expect(crossingOf([west], [end], 60)?.lat).toBeCloseTo(21.0002, 6)
    expect(crossingOf([west], [end], 30)).toBeNull()
    expect(crossingOf([west], [[[105.81, 21.002]]], 400)?.lat).toBeCloseTo(21.001, 6)
    expect(crossingOf([[[105.81, 21]]], [[[105.81, 21.002]]], 400)?.lat).toBeCloseTo(21.001, 6)
    expect(crossingOf([], [west], 400)).toBeNull()
    expect(crossingOf([west], [], 400)).toBeNull()
  })

  test('with very many points that lie far apart are hardly compared', () => {
    const wave = (lat: number): StreetLine =>
      Array.from({ length: 10_000 }, (_, i) => [105.8 + i / 2e5, lat + Math.sin(i / 50) / 2000])
    const started = performance.now()
    expect(crossingOf([wave(21)], [wave(21.01)], 60)).toBeNull()
    expect(performance.now() - started).toBeLessThan(500)
  })
})
