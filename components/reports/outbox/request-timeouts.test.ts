import { expect, test } from 'vitest'
import { photoLimits } from '#server/platform/rules/photo.ts'
import { callTimeoutMillis, photoTimeoutMillis } from './request-timeouts.ts'

test('a photo is waited for as long as a bad line takes for it, and not for ever', () => {
  const kilobits = (size: number, perSecond: number) => ((size * 8) / (perSecond * 1000)) * 1000
  for (const size of [3_000_000, 8_000_000, photoLimits.bytes]) {
    expect(photoTimeoutMillis({ size })).toBeGreaterThan(kilobits(size, 150))
  }
  expect(photoTimeoutMillis({ size: photoLimits.bytes })).toBeLessThan(20 * 60_000)
  expect(photoTimeoutMillis({ size: 0 })).toBe(callTimeoutMillis)
})
