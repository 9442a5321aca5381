/** A spread of so many values is kept as a list by value, up to the longest list; what is beyond that is kept by name. */
const fewValues = 1_000
const longestList = 1 << 17

/** How often each value occurred. Nothing is rounded: percentiles of any union of spreads are exact. */
export class Spread {
  readonly #named = new Map<number, number>()
  #list: Int32Array | null = null

  add(value: number, count: number): void {
    if (this.#list && value >= 0 && value < longestList) {
      const list = value < this.#list.length ? this.#list : this.#grownTo(value)
      list[value] = (list[value] as number) + count
      return
    }
    this.#named.set(value, (this.#named.get(value) ?? 0) + count)
    if (!this.#list && this.#named.size > fewValues) this.#makeList()
  }

  /** Is told that so many values up to this one are about to come: the list need not grow step by step. */
  expect(values: number, highest: number): void {
    if (!this.#list && this.#named.size + values > fewValues) this.#makeList(Math.min(highest + 1, longestList))
  }

  #makeList(length = 4 * fewValues): void {
    this.#list = new Int32Array(length)
    const named = [...this.#named]
    this.#named.clear()
    for (const [value, count] of named) this.add(value, count)
  }

  #grownTo(value: number): Int32Array {
    let length = this.#list?.length ?? fewValues
    while (length <= value) length *= 2
    const longer = new Int32Array(length)
    longer.set(this.#list ?? [])
    this.#list = longer
    return longer
  }

  addAll(other: Spread): void {
    other.walk((value, count) => this.add(value, count))
  }

  /** From the lowest value on. Goes on until `visit` answers that it has seen enough. */
  walk(visit: (value: number, count: number) => unknown): void {
    const list = this.#list
    const named = [...this.#named.keys()].sort((a, b) => a - b)
    let place = 0
    const visitNamed = (below: number): boolean => {
      for (; place < named.length && (named[place] as number) < below; place += 1) {
        const count = this.#named.get(named[place] as number) as number
        if (count !== 0 && visit(named[place] as number, count) === false) return false
      }
      return true
    }
    if (!visitNamed(0)) return
    for (let value = 0; list && value < list.length; value += 1) {
      const count = list[value] as number
      if (count !== 0 && visit(value, count) === false) return
    }
    visitNamed(Number.POSITIVE_INFINITY)
  }

  /** The values at these shares of all that occurred, as `percentile_disc` gives them, shares rising; none where nothing did. */
  quantiles(shares: readonly number[]): number[] {
    let all = 0
    this.walk((_, count) => {
      all += count
    })
    const found: number[] = []
    if (all === 0) return found
    let seen = 0
    this.walk((value, count) => {
      seen += count
      while (found.length < shares.length && seen >= Math.max(1, Math.ceil((shares[found.length] as number) * all))) {
        found.push(value)
      }
      return found.length < shares.length
    })
    return found
  }
}
