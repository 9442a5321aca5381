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
