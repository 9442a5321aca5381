import { expect, test } from 'vitest'
import { decide, medianSeconds, newTriageSession, show, takeBack } from './triage-session.ts'

test('the median counts decisions, each from when its report was shown', () => {
  let triageSession = show(newTriageSession, 1, 0)
  expect(medianSeconds(triageSession)).toBeNull()
  triageSession = show(decide(triageSession, 1, 4000), 2, 4000)
  triageSession = show(decide(triageSession, 2, 14_000), 3, 14_000)
  expect(medianSeconds(triageSession)).toBe(7)
  triageSession = decide(triageSession, 3, 44_000)
  expect(medianSeconds(triageSession)).toBe(10)
})

test('a postponed report keeps the time spent on it; a hidden page counts no time', () => {
  let triageSession = show(newTriageSession, 1, 0)
  triageSession = show(triageSession, 2, 3000)
  triageSession = show(triageSession, null, 5000)
  triageSession = show(triageSession, 1, 60_000)
  triageSession = decide(triageSession, 1, 62_000)
  expect(medianSeconds(triageSession)).toBe(5)
})

test('an undone decision does not count, and a quick one never shows as zero', () => {
  const triageSession = decide(decide(show(newTriageSession, 1, 0), 1, 200), 2, 200)
  expect(medianSeconds(triageSession)).toBe(1)
  expect(medianSeconds(takeBack(takeBack(triageSession, 1), 2))).toBeNull()
})
