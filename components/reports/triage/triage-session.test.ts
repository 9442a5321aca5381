import { expect, test } from 'vitest'
import { decide, medianSeconds, newSitting, show, takeBack } from './triage-session.ts'

test('the median counts decisions, each from when its report came before the eyes', () => {
  let sitting = show(newSitting, 1, 0)
  expect(medianSeconds(sitting)).toBeNull()
  sitting = show(decide(sitting, 1, 4000), 2, 4000)
  sitting = show(decide(sitting, 2, 14_000), 3, 14_000)
  expect(medianSeconds(sitting)).toBe(7)
  sitting = decide(sitting, 3, 44_000)
  expect(medianSeconds(sitting)).toBe(10)
})

test('a report that was put off brings along what was spent on it; a hidden page spends nothing', () => {
  let sitting = show(newSitting, 1, 0)
  sitting = show(sitting, 2, 3000)
  sitting = show(sitting, null, 5000)
  sitting = show(sitting, 1, 60_000)
  sitting = decide(sitting, 1, 62_000)
  expect(medianSeconds(sitting)).toBe(5)
})

test('what was taken back is no decision, and a quick one is never said to take no time', () => {
  const sitting = decide(decide(show(newSitting, 1, 0), 1, 200), 2, 200)
  expect(medianSeconds(sitting)).toBe(1)
  expect(medianSeconds(takeBack(takeBack(sitting, 1), 2))).toBeNull()
})
