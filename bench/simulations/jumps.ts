import { falseVerdicts, letters, steady, type Weather } from './counts.ts'
import { randomFrom } from './random.ts'

/**
 * How often letters of cities of pure chance name a jump, how often planted floods are named, and how often counts of
 * pure chance get a verdict: `node bench/simulations/jumps.ts`. The figures stand in docs/numbers.md.
 */
const mixed: Weather = { dispersion: (random) => 1 + random(), correlation: 0 }
const weathers: [string, Weather][] = [
  ['1', steady(1)],
  ['1, correlated 0.5', steady(1, 0.5)],
  ['1.5', steady(1.5)],
  ['1.5, correlated 0.5', steady(1.5, 0.5)],
  ['2', steady(2)],
  ['2, correlated 0.5', steady(2, 0.5)],
  ['1 to 2, of each part another', mixed],
  ['1, of one part in five 4', { dispersion: (random) => (random() < 0.8 ? 1 : 4), correlation: 0 }],
]
const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const tries = 1_000

for (const reportsAWeek of [250, 1_500])
  for (const weeksInSpan of [1, 4] as const)
    for (const [name, weather] of weathers) {
      const { named, small, large } = letters(randomFrom(33), { reportsAWeek, weeksInSpan, weather }, tries)
      const span = weeksInSpan === 1 ? 'week' : 'month'
      const floods = `2 → 15 named ${percent(small)}, 40 → 80 named ${percent(large)}`
      console.info(`${reportsAWeek} a week, ${span}, dispersion ${name}: null letters ${percent(named)}, ${floods}`)
    }

const verdicts = 10_000
for (const against of ['month', 'year', 'quarter'] as const)
  for (const parts of [1, 20])
    for (const dispersion of [1, 1.5, 2, 4])
      for (const correlation of [0, 0.25, 0.5]) {
        const comparison = { against, aWeek: 60, weather: steady(dispersion, correlation), parts }
        const share = falseVerdicts(randomFrom(33), comparison, verdicts)
        console.info(
          `${against}, ${parts} parts, dispersion ${dispersion}, correlation ${correlation}: ${percent(share)}`,
        )
      }
