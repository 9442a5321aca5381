/** The parts of one value: how many reports are in each of them. */
type Parts = number[]

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

  #makeList(): void {
    this.#list = new Int32Array(4 * fewValues)
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

/**
 * What was counted of some rows: by place (a chart or figure), by key (a value on its axis) and by part; and of what is measured,
 * how often each value occurred, so that percentiles of any union stay exact. Tallies add up, and what was counted by mistake of
 * an earlier moment can be taken out again.
 */
export class Tally {
  readonly cells = new Map<string, Map<string, Parts>>()
  readonly spreads = new Map<string, Map<string, Spread>>()

  add(place: string, key: string, part: number, weight: number): void {
    if (weight === 0) return
    const parts = this.partsOf(place, key)
    while (parts.length <= part) parts.push(0)
    parts[part] = (parts[part] ?? 0) + weight
  }

  note(place: string, key: string, value: number, weight: number): void {
    this.spreadOf(place, key).add(value, weight)
  }

  partsOf(place: string, key: string): Parts {
    return known(this.cellsOf(place), key, noParts)
  }

  /** By key. */
  cellsOf(place: string): Map<string, Parts> {
    return known(this.cells, place, () => new Map<string, Parts>())
  }

  spreadOf(place: string, key: string): Spread {
    const keys = known(this.spreads, place, () => new Map<string, Spread>())
    return known(keys, key, () => new Spread())
  }

  part(place: string, key: string, part: number): number {
    return this.cells.get(place)?.get(key)?.[part] ?? 0
  }

  keysOf(place: string): [string, Parts][] {
    return [...(this.cells.get(place) ?? [])]
  }
}

const noParts = (): Parts => []

function known<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

/** Places counted by the step of a chart: in sums, which are those of one step, their only key is empty. */
const isByStep = (place: string): boolean => place.startsWith('step ')

/** The keys of a place line by line, and in their order the parts of each, so many numbers a key. */
type Listed = { keys: string; width: number; parts: number[] }
/** In the order of the keys: how many numbers each has, and the numbers of all. */
type ListedSpreads = { keys: string; lengths: number[]; numbers: number[] }

/** Few long lists: a list for every key would be most of the work of reading them. */
type Sums = {
  cells: Record<string, Listed>
  /** Each value as what it is above the one before; behind it, below zero, how often it occurs where that is more than once. */
  spreads: Record<string, ListedSpreads>
  /** By frame, the second in which the last of its rows was settled. */
  settled: Record<string, number>
}
export type Settled = Sums['settled']

/** The same tally as the same text, in whatever order it was counted. */
export function writeSums(tally: Tally, settled: Settled): string {
  const sums: Sums = {
    cells: Object.fromEntries(sorted(tally.cells).map(([place, keys]) => [place, listed(keys)])),
    spreads: Object.fromEntries(sorted(tally.spreads).map(([place, keys]) => [place, listedSpreads(keys)])),
    settled: Object.fromEntries(sorted(new Map(Object.entries(settled)))),
  }
  return JSON.stringify(sums)
}

const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1))
const linesOf = (rows: readonly [string, unknown][]): string => rows.map(([key]) => key).join('\n')

function listed(keys: ReadonlyMap<string, Parts>): Listed {
  const rows = sorted(keys)
  const width = Math.max(...rows.map(([, parts]) => parts.length))
  const parts = rows.flatMap(([, known]) => Array.from({ length: width }, (_, part) => known[part] ?? 0))
  return { keys: linesOf(rows), width, parts }
}

function listedSpreads(keys: ReadonlyMap<string, Spread>): ListedSpreads {
  const rows = sorted(keys)
  const numbers = rows.map(([, spread]) => packed(spread))
  return { keys: linesOf(rows), lengths: numbers.map(({ length }) => length), numbers: numbers.flat() }
}

function packed(spread: Spread): number[] {
  const numbers: number[] = []
  let before = 0
  spread.walk((value, count) => {
    numbers.push(value - before)
    if (count !== 1) numbers.push(-count)
    before = value
  })
  return numbers
}

export const readSums = (text: string): Sums => JSON.parse(text)

/** Adds the sums of one step of a chart; `isWanted` leaves out places that nobody asks for. */
export function addSums(
  tally: Tally,
  { cells, spreads }: Sums,
  step: string,
  isWanted: (place: string) => boolean = () => true,
): void {
  for (const [place, { keys, width, parts }] of Object.entries(cells)) {
    if (!isWanted(place)) continue
    let from = 0
    const found = tally.cellsOf(place)
    for (const key of isByStep(place) ? [step] : keys.split('\n')) {
      const all = known(found, key, noParts)
      for (let part = 0; part < width; part += 1) all[part] = (all[part] ?? 0) + (parts[from + part] as number)
      from += width
    }
  }
  for (const [place, { keys, lengths, numbers }] of Object.entries(spreads)) {
    if (!isWanted(place)) continue
    let from = 0
    for (const [row, key] of keys.split('\n').entries()) {
      const to = from + (lengths[row] as number)
      addPacked(tally.spreadOf(place, isByStep(place) ? step : key), numbers, from, to)
      from = to
    }
  }
}

function addPacked(spread: Spread, numbers: readonly number[], from: number, to: number): void {
  let value = 0
  for (let at = from; at < to; at += 1) {
    value += numbers[at] as number
    const next = at + 1 < to ? numbers[at + 1] : undefined
    const isCount = next !== undefined && next < 0
    if (isCount) at += 1
    spread.add(value, isCount ? -next : 1)
  }
}
