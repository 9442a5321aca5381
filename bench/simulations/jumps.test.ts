import { describe, expect, test } from 'vitest'
import { falseVerdicts, letters, steady } from './counts.ts'
import { randomFrom } from './random.ts'

/** A small version of `jumps.ts`, whose figures stand in docs/numbers.md. */
describe('letters of cities where nothing happened', () => {
  test.for([
    [1, steady(1)],
    [1, steady(1.5)],
    [1, steady(1.5, 0.5)],
    [1, steady(2)],
    [4, steady(1)],
    [4, steady(1.5)],
  ] as const)('of %i weeks, %j, seldom name a jump', ([weeksInSpan, weather]) => {
    const { named } = letters(randomFrom(4), { reportsAWeek: 250, weeksInSpan, weather }, 150)
    // 10 %, and twice the error of so few letters.
    expect(named).toBeLessThanOrEqual(0.1 + 2 * Math.sqrt((0.1 * 0.9) / 150))
  })

  test.for([1, 4] as const)('and of %i weeks name floods nine times in ten', (weeksInSpan) => {
    const found = letters(randomFrom(4), { reportsAWeek: 250, weeksInSpan, weather: steady(1) }, 150)
    expect(Math.min(found.small, found.large)).toBeGreaterThanOrEqual(0.9)
  })
})

describe('verdicts on months of pure chance', () => {
  test.for([
    [1, 1.5, 0],
    [1, 2, 0.25],
    [1, 2, 0.5],
    [1, 4, 0.5],
    [20, 1, 0],
    [20, 2, 0.5],
  ] as const)(
    'of %i parts, dispersion %d, weeks correlated %d, are one in twenty',
    ([parts, dispersion, correlation]) => {
      const weather = steady(dispersion, correlation)
      const share = falseVerdicts(randomFrom(4), { against: 'month', aWeek: 60, weather, parts }, 3_000)
      expect(share).toBeGreaterThan(0.025)
      expect(share).toBeLessThan(0.07)
    },
  )
})
