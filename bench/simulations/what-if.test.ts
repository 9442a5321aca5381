import { expect, test } from 'vitest'
import { backtest, coverageOf, medianWidth, simulatedAgencies, simulatedUntil } from './what-if-backtest.ts'

/** Ranges of simulated courses alone hold 79 % (4 weeks) and 64 % (13 weeks) of these windows were within. */
test('ranges of 90 % hold in simulated agencies whose load and work wander, at both horizons', async () => {
  for (const held of await backtest(simulatedAgencies(20, 1), simulatedUntil)) {
    expect(held).toMatchObject({ agencies: 20, windows: 160 })
    expect(coverageOf(held)).toBeGreaterThanOrEqual(0.85)
    expect(coverageOf(held)).toBeLessThanOrEqual(0.95)
    // Not by ranges into which everything falls.
    expect(medianWidth(held)).toBeLessThan(0.35)
  }
})
