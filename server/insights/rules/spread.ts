/**
 * Values in ascending order, each as the difference to the one before; after it, as a negative number, how often it
 * occurs where that is more than once.
 */
type Packed = { numbers: Int32Array; from: number; to: number }

/** The values that occur, in ascending order, how often all up to each of them do, and the sum of all. */
type Ordered = { values: Int32Array; upTo: Int32Array; sum: number }

/** More was subtracted than had been counted. */
export class BelowZero extends Error {}

/** Up to this many values are sorted one by one; more are counted in a list by value, up to the longest list. */
const fewValues = 300
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
    for (let place = 0; place < values.length; place += 1) {
      const [value, count] = [values[place] as number, (upTo[place] as number) - (upTo[place - 1] ?? 0)]
      if (count < 0) throw new BelowZero(`${value} occurs ${count} times`)
      numbers.push(value - (values[place - 1] ?? 0))
      if (count !== 1) numbers.push(-count)
    }
    return numbers
  }

  /** To be kept for long: the same values in a fraction of the memory, and without the long lists they were part of. */
  compact(): void {
    const { upTo } = this.#inOrder()
    // What occurs fewer than no times cannot be packed.
    if (upTo.some((all, place) => all < (upTo[place - 1] ?? 0))) return
    const numbers = Int32Array.from(this.packed())
    this.#named.clear()
    this.#packed.splice(0, this.#packed.length, { numbers, from: 0, to: numbers.length })
    this.#ordered = null
  }

  /** Whether no value occurs, nor any fewer than no times. */
  isEmpty(): boolean {
    return this.#inOrder().values.length === 0
  }

  /** How many values there are, and their sum. */
  totals(): { count: number; sum: number } {
    if (this.#ordered) return { count: this.#ordered.upTo.at(-1) ?? 0, sum: this.#ordered.sum }
    let [count, sum] = [0, 0]
    for (const [value, times] of this.#named) {
      count += times
      sum += value * times
    }
    for (const { numbers, from, to } of this.#packed) {
      let value = 0
      for (let at = from; at < to; at += 1) {
        value += numbers[at] as number
        const next = at + 1 < to ? (numbers[at + 1] as number) : 0
        if (next < 0) at += 1
        count += next < 0 ? -next : 1
        sum += next < 0 ? -next * value : value
      }
    }
    return { count, sum }
  }

  /**
   * The values at these shares of all that occurred, as `percentile_disc` gives them; empty where nothing occurred.
   */
  quantiles(shares: readonly number[]): number[] {
    const { values, upTo } = this.#inOrder()
    const all = upTo.at(-1) ?? 0
    return shares.flatMap((share) => {
      const least = Math.max(1, Math.ceil(share * all))
      return values[firstReaching(upTo, least)] ?? []
    })
  }

  /** How many values are at most this one. */
  countUpTo(most: number): number {
    const { values, upTo } = this.#inOrder()
    return upTo[firstReaching(values, most + 1) - 1] ?? 0
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
    const most = this.#packed.reduce((sum, { from, to }) => sum + to - from, this.#named.size)
    /** Those that are not counted in the list. */
    const named = new Map<number, number>()
    const inList = most <= fewValues ? 0 : longestList
    // Before anything is in the list, which would be left so if there were no memory.
    const room: Ordered = { values: new Int32Array(most), upTo: new Int32Array(most), sum: 0 }
    let highest = -1
    for (const packed of this.#packed) highest = Math.max(highest, countPacked(packed, inList, named))
    for (const [value, times] of this.#named) {
      if (value < 0 || value >= inList) named.set(value, (named.get(value) ?? 0) + times)
      else {
        list[value] = (list[value] as number) + times
        if (value > highest) highest = value
      }
    }
    return ordered(named, highest, room)
  }
}

/** The place of the first number that is at least this one, in a list that never falls; its length where none is. */
function firstReaching(numbers: Int32Array, least: number): number {
  let [from, to] = [0, numbers.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((numbers[middle] as number) < least) from = middle + 1
    else to = middle
  }
  return from
}

/** Into the list, or by name what does not belong there; returns the highest value in the list. */
function countPacked({ numbers, from, to }: Packed, inList: number, named: Map<number, number>): number {
  let [value, highest] = [0, -1]
  for (let at = from; at < to; at += 1) {
    value += numbers[at] as number
    const next = at + 1 < to ? (numbers[at + 1] as number) : 0
    const times = next < 0 ? -next : 1
    if (next < 0) at += 1
    if (value < 0 || value >= inList) named.set(value, (named.get(value) ?? 0) + times)
    else {
      list[value] = (list[value] as number) + times
      highest = value
    }
  }
  return highest
}

/** The named values, none of which lies within the list, and those of the list, which is emptied, up to its highest. */
function ordered(named: ReadonlyMap<number, number>, highest: number, { values, upTo }: Ordered): Ordered {
  let [all, sum, length] = [0, 0, 0]
  const push = (value: number): void => {
    const times = named.get(value) as number
    if (times === 0) return
    all += times
    sum += value * times
    values[length] = value
    upTo[length] = all
    length += 1
  }
  const names = Int32Array.from(named.keys()).sort()
  const after = highest < 0 ? names.length : firstReaching(names, 0)
  for (let at = 0; at < after; at += 1) push(names[at] as number)
  for (let value = 0; value <= highest; value += 1) {
    const times = list[value] as number
    if (times === 0) continue
    list[value] = 0
    all += times
    sum += value * times
    values[length] = value
    upTo[length] = all
    length += 1
  }
  for (let at = after; at < names.length; at += 1) push(names[at] as number)
  return { values: values.slice(0, length), upTo: upTo.slice(0, length), sum }
}
