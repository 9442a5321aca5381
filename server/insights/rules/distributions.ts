/**
 * What the tests of `chance.ts` need of probability theory. Libraries for it exist; docs/decisions/0045 says why none
 * of them is used.
 */

const godfrey = [
  57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202, 3.399464998481189e-5,
  4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488, 0.00021743961811521265,
  -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
]

/** ln Γ(x) of a positive number, after Lanczos: to 14 digits. */
export function logGamma(x: number): number {
  const shifted = x + 671 / 128
  const series = godfrey.reduce((sum, factor, at) => sum + factor / (x + at + 1), 0.9999999999999971)
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((Math.sqrt(2 * Math.PI) * series) / x)
}

const smallest = 1e-300
const orSmallest = (value: number): number => (Math.abs(value) < smallest ? smallest : value)

/** The continued fraction of the incomplete beta function, after Lentz. It converges fast below the mean. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / orSmallest(1 - ((a + b) * x) / (a + 1))
  let product = d
  for (let step = 1; step <= 1000; step += 1) {
    const even = (step * (b - step) * x) / ((a - 1 + 2 * step) * (a + 2 * step))
    d = 1 / orSmallest(1 + even * d)
    c = orSmallest(1 + even / c)
    product *= d * c
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 1 + 2 * step))
    d = 1 / orSmallest(1 + odd * d)
    c = orSmallest(1 + odd / c)
    product *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return product
}

/** The regularized incomplete beta function. */
export function betaShare(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** How likely Student's t with so many degrees of freedom is at least this far from zero, to either side. */
export const studentBeyond = (t: number, freedom: number): number =>
  betaShare(freedom / (freedom + t ** 2), freedom / 2, 0.5)

const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** How likely a normal variable is above this, of zero or more: a series near the middle, Laplace's fraction beyond. */
function normalAbove(z: number): number {
  if (z < 3) {
    let [term, sum] = [z, z]
    for (let odd = 3; term > sum * 1e-16; odd += 2) {
      term *= (z * z) / odd
      sum += term
    }
    return 0.5 - density(z) * sum
  }
  let fraction = z
  for (let step = 60; step >= 1; step -= 1) fraction = z + step / fraction
  return density(z) / fraction
}

/** How likely a normal variable is at least this far from zero, to either side. */
export const normalBeyond = (z: number): number => 2 * normalAbove(Math.abs(z))

/** The least that is told apart from impossible. */
const leastTail = 1e-15

/**
 * How far from zero a normal variable is as likely as this: below it with the first chance, above it with the second.
 */
export function normalFar({ below, above }: { below: number; above: number }): number {
  const tail = Math.max(leastTail, Math.min(below, above))
  let [near, far] = [0, 9]
  for (let step = 0; step < 60; step += 1) {
    const middle = (near + far) / 2
    if (normalAbove(middle) > tail) near = middle
    else far = middle
  }
  return below < above ? -near : near
}

type Mass = { first: number; masses: number[] }

/** The chances of a binomial variable, without those that no longer add anything. */
function binomial(count: number, chance: number): Mass {
  if (chance <= 0 || chance >= 1) return { first: chance <= 0 ? 0 : count, masses: [1] }
  const likeliest = Math.min(count, Math.floor((count + 1) * chance))
  const top = Math.exp(
    logGamma(count + 1) -
      logGamma(likeliest + 1) -
      logGamma(count - likeliest + 1) +
      likeliest * Math.log(chance) +
      (count - likeliest) * Math.log1p(-chance),
  )
  const odds = chance / (1 - chance)
  const masses = [top]
  for (let at = likeliest, mass = top; at < count && mass > leastTail; at += 1) {
    mass *= ((count - at) / (at + 1)) * odds
    masses.push(mass)
  }
  let first = likeliest
  for (let mass = top; first > 0 && mass > leastTail; ) {
    mass *= first / ((count - first + 1) * odds)
    masses.unshift(mass)
    first -= 1
  }
  return { first, masses }
}

function together(one: Mass, other: Mass): Mass {
  const masses = new Array<number>(one.masses.length + other.masses.length - 1).fill(0)
  for (let at = 0; at < one.masses.length; at += 1) {
    const mass = one.masses[at] as number
    for (let beside = 0; beside < other.masses.length; beside += 1)
      masses[at + beside] = (masses[at + beside] as number) + mass * (other.masses[beside] as number)
  }
  const from = masses.findIndex((mass) => mass > leastTail)
  const to = masses.findLastIndex((mass) => mass > leastTail)
  return { first: one.first + other.first + from, masses: masses.slice(from, to + 1) }
}

/** Neighbours are put together until one is left: a thousand small ones, one after another, take ten times as long. */
function allTogether(masses: readonly Mass[]): Mass {
  let left = masses
  while (left.length > 1) {
    const pairs: Mass[] = []
    for (let at = 0; at < left.length; at += 2) {
      const [one, other] = [left[at] as Mass, left[at + 1]]
      pairs.push(other ? together(one, other) : one)
    }
    left = pairs
  }
  return left[0] ?? { first: 0, masses: [1] }
}

/**
 * Of independent trials with different chances of success (Poisson binomial): how likely fewer succeed than this, and
 * how likely more; as many as this counts by half on either side (mid-P).
 */
export function sumOfTrials(
  trials: readonly { count: number; chance: number }[],
  successes: number,
): { below: number; above: number } {
  const { first, masses } = allTogether(
    [...Map.groupBy(trials, ({ chance }) => chance)].map(([chance, alike]) =>
      binomial(
        alike.reduce((sum, { count }) => sum + count, 0),
        chance,
      ),
    ),
  )
  let [below, above] = [0, 0]
  for (const [place, mass] of masses.entries()) {
    const at = first + place
    if (at < successes) below += mass
    else if (at > successes) above += mass
    else {
      below += mass / 2
      above += mass / 2
    }
  }
  return { below, above }
}
