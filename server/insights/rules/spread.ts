/**
 * Values in ascending order, each as the difference to the one before; after it, as a negative number, how often it
 * occurs where that is more than once.
 */
type Packed = { numbers: Int32Array; from: number; to: number }
type Visit = (value: number, count: number) => unknown

/** More was subtracted than had been counted. */
export class BelowZero extends Error {}

/** Up to this many values are sorted one by one; more are counted in a list by value, up to the longest list. */
const fewValues = 100
const longestList = 1 << 17
/** Empty except while a spread is walked through: one list shared by all of them. */
const list = new Int32Array(longestList)

/** How often each value occurred. Nothing is rounded: percentiles of any union of spreads are exact. */
export class Spread {
  readonly #named = new Map<number, number>()
  readonly #packed: Packed[] = []

  add(value: number, count: number): void {
    this.#named.set(value, (this.#named.get(value) ?? 0) + count)
  }

  /** Adds numbers as `packed` returned them, from one index to another. They are not copied. */
  addPacked(numbers: Int32Array, from: number, to: number): void {
    this.#packed.push({ numbers, from, to })
  }

  addAll(other: Spread): void {
    this.#packed.push(...other.#packed)
    for (const [value, count] of other.#named) this.add(value, count)
  }

  packed(): number[] {
    const numbers: number[] = []
    let before = 0
    this.#walk((value, count) => {
      if (count < 0) throw new BelowZero(`${value} occurs ${count} times`)
      numbers.push(value - before)
      if (count !== 1) numbers.push(-count)
      before = value
    })
    return numbers
  }

  /** Whether no value occurs, nor any fewer than no times. */
  isEmpty(): boolean {
    let isEmpty = true
    this.#walk(() => {
      isEmpty = false
      return false
    })
    return isEmpty
  }

  /** How many values there are, and their sum. */
  totals(): { count: number; sum: number } {
    let [all, sum] = [0, 0]
    this.#visit((value, count) => {
      all += count
      sum += value * count
    })
    return { count: all, sum }
  }

  /**
   * The values at these shares of all that occurred, as `percentile_disc` gives them, shares ascending; empty where
   * nothing occurred.
   */
  quantiles(shares: readonly number[]): number[] {
    const { count: all } = this.totals()
    const found: number[] = []
    if (all === 0) return found
    let seen = 0
    this.#walk((value, count) => {
      seen += count
      while (found.length < shares.length && seen >= Math.max(1, Math.ceil((shares[found.length] as number) * all))) {
        found.push(value)
      }
      return found.length < shares.length
    })
    return found
  }

  /** How many values are at most this one. */
  countUpTo(most: number): number {
    let seen = 0
    this.#visit((value, count) => {
      if (value <= most) seen += count
    })
    return seen
  }

  /** The values of both. */
  and(other: Spread): Spread {
    const both = new Spread()
    both.addAll(this)
    both.addAll(other)
    return both
  }

  /** In any order, and a value possibly several times. */
  #visit(visit: Visit): void {
    for (const { numbers, from, to } of this.#packed) {
      let value = 0
      for (let at = from; at < to; at += 1) {
        value += numbers[at] as number
        const next = at + 1 < to ? (numbers[at + 1] as number) : 0
        if (next < 0) at += 1
        visit(value, next < 0 ? -next : 1)
      }
    }
    for (const [value, count] of this.#named) visit(value, count)
  }

  /** Each value that occurred, from the lowest on, until `visit` returns that it has seen enough. */
  #walk(visit: Visit): void {
    const numbers = this.#packed.reduce((sum, { from, to }) => sum + to - from, this.#named.size)
    const named = new Map<number, number>()
    let highest = -1
    const isFew = numbers <= fewValues
    this.#visit((value, count) => {
      if (isFew || value < 0 || value >= longestList) return named.set(value, (named.get(value) ?? 0) + count)
      list[value] = (list[value] as number) + count
      if (value > highest) highest = value
    })
    try {
      walkThrough(
        [...named].sort(([a], [b]) => a - b),
        highest,
        visit,
      )
    } finally {
      list.fill(0, 0, highest + 1)
    }
  }
}

/** None of the named values lies within the list. */
function walkThrough(named: readonly (readonly [number, number])[], highest: number, visit: Visit): void {
  let place = 0
  for (; place < named.length && (highest < 0 || (named[place] as readonly [number, number])[0] < 0); place += 1) {
    const [value, count] = named[place] as readonly [number, number]
    if (count !== 0 && visit(value, count) === false) return
  }
  for (let value = 0; value <= highest; value += 1) {
    const count = list[value] as number
    if (count !== 0 && visit(value, count) === false) return
  }
  for (; place < named.length; place += 1) {
    const [value, count] = named[place] as readonly [number, number]
    if (count !== 0 && visit(value, count) === false) return
  }
}
