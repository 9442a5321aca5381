import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Box, boxBetween, boxSides, handles, leastSide, moved, pixelsOf, resized, settled } from './boxes.ts'

const number = fc.double({ min: -2, max: 3, noNaN: true })
const anyBox = fc.record({ x: number, y: number, width: number, height: number })
const isInside = ({ x, y, width, height }: Box) => {
  // Compares decimals as the database does, not binary fractions.
  const tenThousandths = [x, y, width, height].map((side) => Number((side * 10_000).toFixed(6)))
  const [left = 0, top = 0, across = 0, down = 0] = tenThousandths
  expect(tenThousandths.every(Number.isInteger)).toBe(true)
  expect(left >= 0 && top >= 0 && across > 0 && down > 0).toBe(true)
  expect(left + across <= 10_000 && top + down <= 10_000).toBe(true)
}

describe('a box on a photo', () => {
  test('lies within it, whatever is done with it', () => {
    fc.assert(
      fc.property(anyBox, number, number, fc.constantFrom(...handles), (box, x, y, handle) => {
        const start = settled(box)
        for (const each of [start, moved(start, { x, y }), resized(start, handle, { x, y }), boxBetween(box, { x, y })])
          isInside(each)
      }),
    )
  })

  test('is drawn from any corner, and has a size even where it was only clicked', () => {
    const drawn = { x: 0.2, y: 0.3, width: 0.4, height: 0.1 }
    expect(boxBetween({ x: 0.6, y: 0.4 }, { x: 0.2, y: 0.3 })).toEqual(drawn)
    expect(boxBetween({ x: 0.2, y: 0.4 }, { x: 0.6, y: 0.3 })).toEqual(drawn)
    expect(boxBetween({ x: 1, y: 1 }, { x: 1, y: 1 })).toEqual({
      x: 1 - leastSide,
      y: 1 - leastSide,
      width: leastSide,
      height: leastSide,
    })
  })

  test('keeps its size when it is pushed against an edge, and turns over when it is pulled across itself', () => {
    const box = { x: 0.2, y: 0.2, width: 0.3, height: 0.2 }
    expect(moved(box, { x: -1, y: 1 })).toEqual({ x: 0, y: 0.8, width: 0.3, height: 0.2 })
    expect(resized(box, 'e', { x: -0.4, y: 0.3 })).toEqual({ x: 0.1, y: 0.2, width: 0.1, height: 0.2 })
    expect(resized(box, 'nw', { x: 0.1, y: -0.1 })).toEqual({ x: 0.3, y: 0.1, width: 0.2, height: 0.3 })
  })

  test('hides every pixel that it touches, and none outside the photo', () => {
    expect(pixelsOf({ x: 0.1, y: 0.5, width: 0.2, height: 0.5 }, { width: 15, height: 10 })).toEqual({
      left: 1,
      top: 5,
      width: 4,
      height: 5,
    })
    expect(pixelsOf({ x: 0, y: 0, width: 1, height: 1 }, { width: 7, height: 3 })).toEqual({
      ...{ left: 0, top: 0, width: 7, height: 3 },
    })
    const size = fc.record({ width: fc.integer({ min: 1, max: 2048 }), height: fc.integer({ min: 1, max: 2048 }) })
    fc.assert(
      fc.property(anyBox, size, (box, photo) => {
        const start = settled(box)
        const { left, top, width, height } = pixelsOf(start, photo)
        expect(left >= 0 && top >= 0 && width > 0 && height > 0).toBe(true)
        expect(left + width <= photo.width && top + height <= photo.height).toBe(true)
        expect(left <= start.x * photo.width && top <= start.y * photo.height).toBe(true)
        expect(left + width >= (start.x + start.width) * photo.width - 1e-6).toBe(true)
        expect(boxSides.length).toBe(4)
      }),
    )
  })
})
