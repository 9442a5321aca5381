import { expect, test } from 'vitest'
import { restAfter, usualWork } from './pace.ts'

test.for([
  ['daily work is done without a rest', { worked: 400, total: usualWork, jobs: 1 }, 0],
  ['from then on a job rests five times as long as it works', { worked: 20, total: usualWork + 20, jobs: 1 }, 100],
  ['several jobs that catch up share the same part of the time', { worked: 20, total: 5_000, jobs: 3 }, 340],
  ['no rest is so long that a job seems to hang', { worked: 60_000, total: 90_000, jobs: 4 }, 10_000],
] as const)('%s', ([, worked, rest]) => expect(restAfter(worked)).toBeCloseTo(rest))

test('jobs that catch up take a sixth of the time together, however many there are', () => {
  for (const jobs of [1, 2, 5]) {
    const rest = restAfter({ worked: 10, total: 2_000, jobs })
    expect((jobs * 10) / (10 + rest)).toBeCloseTo(1 / 6)
  }
})
