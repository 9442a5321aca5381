import { expect, test } from 'vitest'
import { photoLimits } from '#server/platform/rules/photo.ts'
import { callTimeoutMillis, photoTimeoutMillis } from './request-timeouts.ts'

test('the time limit of a photo allows for a slow connection, and is not unbounded', () => {
  const kilobits = (size: number, perSecond: number) => ((size * 8) / (perSecond * 1000)) * 1000
  for (const size of [3_000_000, 8_000_000, photoLimits.bytes]) {
    expect(photoTimeoutMillis({ size })).toBeGreaterThan(kilobits(size, 150))
  }
  expect(photoTimeoutMillis({ size: photoLimits.bytes })).toBeLessThan(20 * 60_000)
  expect(photoTimeoutMillis({ size: 0 })).toBe(callTimeoutMillis)
})
