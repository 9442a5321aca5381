import { expect, test } from 'vitest'
import { binomial, negativeBinomial, normal, poisson, randomFrom } from './random.ts'

/** Mean and variance of what is drawn; within four standard errors of the mean, and a tenth of the variance. */
test.for([
  ['normal', normal, 0, 1],
  ['few trials', (random: () => number) => binomial(random, 7, 0.3), 2.1, 1.47],
  ['rare successes of many', (random: () => number) => binomial(random, 4_000, 0.01), 40, 39.6],
  ['mostly successes', (random: () => number) => binomial(random, 50, 0.9), 45, 4.5],
  ['few events', (random: () => number) => poisson(random, 0.7), 0.7, 0.7],
  ['many events', (random: () => number) => poisson(random, 170), 170, 170],
  ['scattered events', (random: () => number) => negativeBinomial(random, 12, 2.5), 12, 30],
  ['few scattered events', (random: () => number) => negativeBinomial(random, 0.5, 2), 0.5, 1],
] as const)('%s have their mean and variance', ([, draw, mean, variance]) => {
  const random = randomFrom(7)
  const drawn = Array.from({ length: 20_000 }, () => draw(random))
  const average = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
  expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(variance / drawn.length))
  const spread = drawn.reduce((sum, value) => sum + (value - average) ** 2, 0) / drawn.length
  expect(Math.abs(spread / variance - 1)).toBeLessThan(0.1)
})
