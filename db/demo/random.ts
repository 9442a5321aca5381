/**
 * The random number generator of the demo city: sfc32, seeded from text. The same seed gives the same city on every
 * machine, and a sub-stream by label (`fork`) prevents one more draw in one place from changing later draws elsewhere.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private d: number
  private readonly key: string

  constructor(seed: string) {
    this.key = seed
    const [a, b, c, d] = fourWords(seed)
    this.a = a
    this.b = b
    this.c = c
    this.d = d
    for (let i = 0; i < 12; i += 1) this.next()
  }

  /** An independent stream that depends only on the seed and the label, never on what was drawn before. */
  fork(label: string | number): Random {
    return new Random(`${this.key}/${label}`)
  }

  private next(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    this.c |= 0
    return sum >>> 0
  }

  /** Uniform in [0, 1). */
  float(): number {
    return this.next() / 4_294_967_296
  }

  /** Uniform whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.float() * (most - least + 1))
  }

  between(least: number, most: number): number {
    return least + this.float() * (most - least)
  }

  chance(probability: number): boolean {
    return this.float() < probability
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from')
    return list[Math.floor(this.float() * list.length)] as T
  }

  /** `count` different elements, in the order drawn (fewer when the list is shorter). */
  sample<T>(list: readonly T[], count: number): T[] {
    const left = [...list]
    const drawn: T[] = []
    while (drawn.length < count && left.length > 0) {
      drawn.push(...left.splice(Math.floor(this.float() * left.length), 1))
    }
    return drawn
  }

  shuffle<T>(list: readonly T[]): T[] {
    return this.sample(list, list.length)
  }

  weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T {
    let total = 0
    for (const choice of choices) total += choice[1]
    let left = this.float() * total
    for (const choice of choices) {
      left -= choice[1]
      if (left < 0) return choice[0]
    }
    return (choices[choices.length - 1] as readonly [T, number])[0]
  }

  exponential(mean: number): number {
    return -Math.log(1 - this.float()) * mean
  }

  /** A bell curve by the sum of six draws: without long tails, which could exceed deadlines. */
  normal(mean: number, deviation: number): number {
    let sum = 0
    for (let i = 0; i < 6; i += 1) sum += this.float()
    return mean + ((sum - 3) / Math.SQRT1_2) * deviation
  }

  /** Skewed to the right around its median, as durations of human work are. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(this.normal(0, spread))
  }

  digits(count: number): string {
    let text = ''
    for (let i = 0; i < count; i += 1) text += this.int(0, 9)
    return text
  }
}

/** A table of weights prepared once for many draws: binary search instead of a linear one. */
export class WeightedTable<T> {
  private readonly values: T[] = []
  private readonly bounds: number[] = []

  constructor(choices: Iterable<readonly [value: T, weight: number]>) {
    let total = 0
    for (const [value, weight] of choices) {
      if (weight <= 0) continue
      total += weight
      this.values.push(value)
      this.bounds.push(total)
    }
    if (total === 0) throw new RangeError('nothing to draw from')
  }

  draw(random: Random): T {
    const target = random.float() * (this.bounds[this.bounds.length - 1] as number)
    let low = 0
    let high = this.bounds.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.bounds[middle] as number) > target) high = middle
      else low = middle + 1
    }
    return this.values[low] as T
  }
}

/** Four well-mixed 32-bit words from any text. */
function fourWords(text: string): [number, number, number, number] {
  let h1 = 1779033703
  let h2 = 3144134277
  let h3 = 1013904242
  let h4 = 2773480762
  for (let i = 0; i < text.length; i += 1) {
    const k = text.charCodeAt(i)
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067)
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233)
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213)
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179)
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067)
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233)
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213)
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179)
  return [(h1 ^ h2 ^ h3 ^ h4) >>> 0, (h2 ^ h1) >>> 0, (h3 ^ h1) >>> 0, (h4 ^ h1) >>> 0]
}
