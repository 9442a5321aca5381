import { expect, test } from 'vitest'
import { workingDuration } from './durations.ts'

test.each([
  [0, 480, { days: 0, hours: 0, minutes: 0 }],
  [35, 480, { days: 0, hours: 0, minutes: 35 }],
  [180, 480, { days: 0, hours: 3, minutes: 0 }],
  [479.5, 480, { days: 1, hours: 0, minutes: 0 }],
  [660, 480, { days: 1, hours: 3, minutes: 0 }],
  [-660, 480, { days: 1, hours: 3, minutes: 0 }],
  [500, 420, { days: 1, hours: 1, minutes: 20 }],
  [1500, 1440, { days: 1, hours: 1, minutes: 0 }],
  [0.2, 480, { days: 0, hours: 0, minutes: 1 }],
  [0.1 + 0.2 + 59.7, 480, { days: 0, hours: 1, minutes: 0 }],
])('%d minutes in days of %d', (minutes, perDay, expected) => {
  expect(workingDuration(minutes, perDay)).toEqual(expected)
})
