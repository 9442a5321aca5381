import { seeded } from '#server/insights/rules/what-if/chance.ts'

/** Numbers from 0 up to 1, the same for the same seed: every run tries the same cities. */
export const randomFrom: (seed: number) => () => number = seeded

/** Standard normal, after Box and Muller. */
export const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** How many of `count` independent trials succeed: by the failures between two successes, so rare ones are fast. */
export function binomial(random: () => number, count: number, chance: number): number {
  if (chance > 0.5) return count - binomial(random, count, 1 - chance)
  if (chance <= 0) return 0
  const perFailure = Math.log1p(-chance)
  let successes = 0
  for (let at = 0; ; at += 1) {
    at += Math.floor(Math.log(1 - random()) / perFailure)
    if (at >= count) return successes
    successes += 1
  }
}

/** The count of independent events of which `mean` are usual: a large mean in parts, whose counts add up. */
export function poisson(random: () => number, mean: number): number {
  if (mean > 30) return poisson(random, mean / 2) + poisson(random, mean / 2)
  const least = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > least; product *= random()) count += 1
  return count
}

/** Gamma of mean `shape` and scale 1, after Marsaglia and Tsang. */
function gamma(random: () => number, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const z = normal(random)
    const cube = (1 + z / Math.sqrt(9 * d)) ** 3
    if (cube > 0 && Math.log(1 - random()) < z ** 2 / 2 + d - d * cube + d * Math.log(cube)) return d * cube
  }
}

/** A count whose variance is `dispersion` times its mean (1: Poisson). */
export function negativeBinomial(random: () => number, mean: number, dispersion: number): number {
  if (mean <= 0 || dispersion <= 1) return poisson(random, Math.max(0, mean))
  return poisson(random, gamma(random, mean / (dispersion - 1)) * (dispersion - 1))
}
