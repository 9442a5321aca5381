/** Values in rising order, each as what it is above the one before; behind it, below zero, how often it occurs where that is more than once. */
type Packed = { numbers: Int32Array; from: number; to: number }
/** Every value that occurred, in rising order, and how often. */
type Ordered = { values: number[]; counts: number[] }

/** So many values are put in order one by one; more are counted in a list by value, up to the longest list. */
const fewValues = 100
const longestList = 1 << 17
/** Empty but while a spread is put in order: one list for all of them. */
const list = new Int32Array(longestList)

/** How often each value occurred. Nothing is rounded: percentiles of any union of spreads are exact. */
export class Spread {
  readonly #named = new Map<number, number>()
  readonly #packed: Packed[] = []
  #ordered: Ordered | null = null

  add(value: number, count: number): void {
    this.#ordered = null
    this.#named.set(value, (this.#named.get(value) ?? 0) + count)
  }

  /** Adds numbers as `packed` gave them, from one place to another. They are not copied. */
  addPacked(numbers: Int32Array, from: number, to: number): void {
    this.#ordered = null
    this.#packed.push({ numbers, from, to })
  }

  addAll(other: Spread): void {
    this.#ordered = null
    this.#packed.push(...other.#packed)
    for (const [value, count] of other.#named) this.add(value, count)
  }

  packed(): number[] {
    const numbers: number[] = []
    let before = 0
    this.walk((value, count) => {
      numbers.push(value - before)
      if (count !== 1) numbers.push(-count)
      before = value
    })
    return numbers
  }

  /** From the lowest value on. */
  walk(visit: (value: number, count: number) => void): void {
    const { values, counts } = this.#inOrder()
    for (let place = 0; place < values.length; place += 1) visit(values[place] as number, counts[place] as number)
  }

  /** The values at these shares of all that occurred, as `percentile_disc` gives them, shares rising; none where nothing did. */
  quantiles(shares: readonly number[]): number[] {
    const { values, counts } = this.#inOrder()
    const all = counts.reduce((sum, count) => sum + count, 0)
    const found: number[] = []
    if (all === 0) return found
    let seen = 0
    for (let place = 0; place < values.length && found.length < shares.length; place += 1) {
      seen += counts[place] as number
      while (found.length < shares.length && seen >= Math.max(1, Math.ceil((shares[found.length] as number) * all))) {
        found.push(values[place] as number)
      }
    }
    return found
  }

  #inOrder(): Ordered {
    this.#ordered ??= inOrder(this.#packed, this.#named)
    return this.#ordered
  }
}

function inOrder(packed: readonly Packed[], named: ReadonlyMap<number, number>): Ordered {
  const numbers = packed.reduce((sum, { from, to }) => sum + to - from, named.size)
  return numbers > fewValues ? orderedByList(packed, named) : orderedOneByOne(packed, named)
}

/** Hands over each value that was packed, and how often it occurs. */
function unpack({ numbers, from, to }: Packed, put: (value: number, count: number) => void): void {
  let value = 0
  for (let at = from; at < to; at += 1) {
    value += numbers[at] as number
    const next = at + 1 < to ? (numbers[at + 1] as number) : 0
    const isCount = next < 0
    if (isCount) at += 1
    put(value, isCount ? -next : 1)
  }
}

function orderedOneByOne(packed: readonly Packed[], named: ReadonlyMap<number, number>): Ordered {
  const known = new Map(named)
  const put = (value: number, count: number) => void known.set(value, (known.get(value) ?? 0) + count)
  for (const one of packed) unpack(one, put)
  const values = [...known].filter(([, count]) => count !== 0).sort(([a], [b]) => a - b)
  return { values: values.map(([value]) => value), counts: values.map(([, count]) => count) }
}

function orderedByList(packed: readonly Packed[], named: ReadonlyMap<number, number>): Ordered {
  const beyond = new Map<number, number>()
  let highest = -1
  const put = (value: number, count: number) => {
    if (value < 0 || value >= longestList) return void beyond.set(value, (beyond.get(value) ?? 0) + count)
    list[value] = (list[value] as number) + count
    if (value > highest) highest = value
  }
  for (const one of packed) unpack(one, put)
  for (const [value, count] of named) put(value, count)
  const ordered: Ordered = { values: [], counts: [] }
  const push = (value: number, count: number) => {
    if (count === 0) return
    ordered.values.push(value)
    ordered.counts.push(count)
  }
  const others = [...beyond].sort(([a], [b]) => a - b)
  for (const [value, count] of others) if (value < 0) push(value, count)
  for (let value = 0; value <= highest; value += 1) push(value, list[value] as number)
  list.fill(0, 0, highest + 1)
  for (const [value, count] of others) if (value >= 0) push(value, count)
  return ordered
}
