import { expect, test } from 'vitest'
import { workingDuration } from '#server/calendars/rules/durations.ts'
import { agoInHours, standingInHours } from './triage.ts'

const now = new Date('2026-03-02T15:00:00+07:00')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

test.each([
  [-1, { unit: 'minutes', count: 0 }],
  [59.9, { unit: 'minutes', count: 59 }],
  [60, { unit: 'hours', count: 1 }],
  [26 * 60 + 10, { unit: 'hours', count: 26 }],
  [99 * 60 + 59, { unit: 'hours', count: 99 }],
  [100 * 60, null],
] as const)('what was received %d minutes ago waits %j', (minutes, expected) =>
  expect(agoInHours(ago(minutes), now)).toEqual(expected),
)

test.each([
  [90, { days: 0, hours: 1, minutes: 30 }],
  [480, { days: 0, hours: 8, minutes: 0 }],
  [99 * 60, { days: 0, hours: 99, minutes: 0 }],
  [100 * 60, { days: 12, hours: 4, minutes: 0 }],
])('%d working minutes to the deadline of intake are %j', (minutes, expected) => {
  const standing = standingInHours({ kind: 'overdue', minutes, minutesPerDay: 480 })
  expect(workingDuration(standing.minutes, standing.minutesPerDay)).toEqual(expected)
})
