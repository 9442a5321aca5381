/**
 * Values in ascending order, each as the difference to the one before; after it, as a negative number, how often it
 * occurs where that is more than once.
 */
type Packed = { numbers: Int32Array; from: number; to: number }

/** The values that occur, in ascending order, how often all up to each of them do, and the sum of all. */
type Ordered = { values: readonly number[]; upTo: readonly number[]; sum: number }

/** More was subtracted than had been counted. */
export class BelowZero extends Error {}

/** Up to this many values are sorted one by one; more are counted in a list by value, up to the longest list. */
const fewValues = 100
const longestList = 1 << 17
/** Empty except while values are put in order: one list shared by all spreads. */
const list = new Int32Array(longestList)

/** How often each value occurred. Nothing is rounded: percentiles of any union of spreads are exact. */
export class Spread {
  readonly #named = new Map<number, number>()
  readonly #packed: Packed[] = []
  /** Kept until something is added: most spreads are asked for several figures. */
  #ordered: Ordered | null = null

  add(value: number, count: number): void {
    this.#named.set(value, (this.#named.get(value) ?? 0) + count)
    this.#ordered = null
  }

  /** Adds numbers as `packed` returned them, from one index to another. They are not copied. */
  addPacked(numbers: Int32Array, from: number, to: number): void {
    this.#packed.push({ numbers, from, to })
    this.#ordered = null
  }

  addAll(other: Spread): void {
    this.#packed.push(...other.#packed)
    for (const [value, count] of other.#named) this.add(value, count)
    this.#ordered = null
  }

  packed(): number[] {
    const { values, upTo } = this.#inOrder()
    const numbers: number[] = []
    for (const [place, value] of values.entries()) {
      const count = (upTo[place] as number) - (upTo[place - 1] ?? 0)
      if (count < 0) throw new BelowZero(`${value} occurs ${count} times`)
      numbers.push(value - (values[place - 1] ?? 0))
      if (count !== 1) numbers.push(-count)
    }
    return numbers
  }

  /** Whether no value occurs, nor any fewer than no times. */
  isEmpty(): boolean {
    return this.#inOrder().values.length === 0
  }

  /** How many values there are, and their sum. */
  totals(): { count: number; sum: number } {
    const { upTo, sum } = this.#inOrder()
    return { count: upTo.at(-1) ?? 0, sum }
  }

  /**
   * The values at these shares of all that occurred, as `percentile_disc` gives them; empty where nothing occurred.
   */
  quantiles(shares: readonly number[]): number[] {
    const { values, upTo } = this.#inOrder()
    const all = upTo.at(-1) ?? 0
    return shares.flatMap((share) => {
      const least = Math.max(1, Math.ceil(share * all))
      return values[upTo.findIndex((seen) => seen >= least)] ?? []
    })
  }

  /** How many values are at most this one. */
  countUpTo(most: number): number {
    const { values, upTo } = this.#inOrder()
    const place = values.findIndex((value) => value > most)
    return (place < 0 ? upTo.at(-1) : upTo[place - 1]) ?? 0
  }

  /** The values of both. */
  and(other: Spread): Spread {
    const both = new Spread()
    both.addAll(this)
    both.addAll(other)
    return both
  }

  #inOrder(): Ordered {
    this.#ordered ??= this.#order()
    return this.#ordered
  }

  #order(): Ordered {
    const numbers = this.#packed.reduce((sum, { from, to }) => sum + to - from, this.#named.size)
    const isFew = numbers <= fewValues
    const named = new Map<number, number>()
    let highest = -1
    const count = (value: number, times: number): void => {
      if (isFew || value < 0 || value >= longestList) {
        named.set(value, (named.get(value) ?? 0) + times)
        return
      }
      list[value] = (list[value] as number) + times
      if (value > highest) highest = value
    }
    for (const packed of this.#packed) countPacked(packed, count)
    for (const [value, times] of this.#named) count(value, times)
    try {
      return ordered(
        [...named].sort(([a], [b]) => a - b),
        highest,
      )
    } finally {
      list.fill(0, 0, highest + 1)
    }
  }
}

function countPacked({ numbers, from, to }: Packed, count: (value: number, times: number) => void): void {
  let value = 0
  for (let at = from; at < to; at += 1) {
    value += numbers[at] as number
    const next = at + 1 < to ? (numbers[at + 1] as number) : 0
    if (next < 0) at += 1
    count(value, next < 0 ? -next : 1)
  }
}

/** The named values, none of which lies within the list, and those of the list up to its highest. */
function ordered(named: readonly (readonly [number, number])[], highest: number): Ordered {
  const values: number[] = []
  const upTo: number[] = []
  let [all, sum] = [0, 0]
  const push = (value: number, times: number): void => {
    if (times === 0) return
    all += times
    sum += value * times
    values.push(value)
    upTo.push(all)
  }
  const after = highest < 0 ? named.length : named.findIndex(([value]) => value >= 0)
  const before = after < 0 ? named.length : after
  for (const [value, times] of named.slice(0, before)) push(value, times)
  for (let value = 0; value <= highest; value += 1) push(value, list[value] as number)
  for (const [value, times] of named.slice(before)) push(value, times)
  return { values, upTo, sum }
}
