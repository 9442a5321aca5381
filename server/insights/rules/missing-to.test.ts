import { expect, test } from 'vitest'
import { kpiFigure, shareFigure } from './figures.ts'
import { missingTo } from './judged.ts'

const around = { previous: null, toDay: '2026-03-15', today: '2026-03-17' }
const missing = (part: number, whole: number, target: number | null) =>
  missingTo(kpiFigure('on_time', shareFigure(part, whole), around, { value: target, band: null }))

test('what is missing to a target is the fewest that would meet it', () => {
  for (let whole = 20; whole <= 60; whole++) {
    for (let part = 0; part <= whole; part++) {
      // In whole percent, as a machine has no exact tenths.
      const fewest = Array.from({ length: whole + 1 }, (_, more) => more).find(
        (more) => (part + more) * 100 >= whole * 90,
      )
      expect([part, whole, missing(part, whole, 0.9)]).toEqual([part, whole, fewest])
    }
  }
})

test('of a cohort that is not all due only what can be judged is missing', () => {
  const matured = { handled: 16, of: 21, notYet: 3 }
  expect(missingTo(kpiFigure('handled', shareFigure(16, 24), { ...around, matured }))).toBe(1)
})

test('without a target, with too little to judge, or hidden, nothing is missing', () => {
  expect([missing(10, 20, null), missing(0, 0, 0.9), missing(12, 19, 0.9)]).toEqual([null, null, null])
  const matured = { handled: 9, of: 12, notYet: 12 }
  expect(missingTo(kpiFigure('handled', shareFigure(9, 24), { ...around, matured }))).toBeNull()
  expect(missingTo(kpiFigure('satisfaction', shareFigure(1, 4), around))).toBeNull()
})
