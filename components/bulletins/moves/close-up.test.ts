import { expect, test } from 'vitest'
import { closeUpOf } from './close-up.ts'

const whole = { left: 0, top: 0, width: 600, height: 900 }

test('a small area is shown from near, in the middle and with its neighbours', () => {
  const near = closeUpOf(['M300 400L340 400L340 440Z', 'M320 420L350 440L320 440Z'], whole)
  expect(near).toMatchObject({ width: 100, height: 150, left: 275 })
  expect((near?.top ?? 0) + (near?.height ?? 0) / 2).toBe(420)
  expect(closeUpOf(['M10 10L11 10L11 11Z'], whole)?.width).toBe(48)
})

test('an area that can be seen on the whole map is not, nor is none', () => {
  expect(closeUpOf(['M0 0L600 0L600 900Z'], whole)).toBeNull()
  expect(closeUpOf([], whole)).toBeNull()
})
