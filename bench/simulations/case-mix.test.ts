import { beforeAll, expect, test } from 'vitest'
import { tryCities } from './case-mix-cities.ts'
import { demoMix, type Work } from './demo-mix.ts'

/** A small part of `npm run bench:case-mix`: docs/numbers.md has all of it. */
let mix: Work[]
beforeAll(async () => {
  mix = await demoMix()
}, 120_000)

test.for([
  ['a month', 30, 100],
  ['a quarter', 91, 100],
  ['half a year', 182, 100],
  // Closest to one in ten: a hundred cities would not tell.
  ['a year', 365, 1_000],
] as const)(
  'of cities with the work of the demo hardly any names an agency by chance in %s',
  { timeout: 300_000 },
  ([, days, cities]) => {
    for (const spread of [0, 0.1])
      expect(tryCities(mix, { days, spread }, cities).silent, `spread ${spread}`).toBeGreaterThanOrEqual(0.9 * cities)
  },
)

test('an agency with twice the odds is named, alone, beside another and among six', () => {
  const shareOf = (kind: Parameters<typeof tryCities>[1], cities: number) => {
    const { found, planted } = tryCities(mix, kind, cities)
    expect(planted).toBeGreaterThan(cities / 3)
    return found / planted
  }
  expect(shareOf({ days: 91, planted: 1 }, 30)).toBeGreaterThanOrEqual(0.85)
  expect(shareOf({ days: 30, planted: 2 }, 20)).toBeGreaterThanOrEqual(0.85)
  expect(shareOf({ days: 30, planted: 1, only: 6 }, 60)).toBeGreaterThanOrEqual(0.8)
})
