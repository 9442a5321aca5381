import { Spread } from './spread.ts'

/** The parts of one value: how many reports are in each of them. */
type Parts = number[]

/**
 * The counts of some rows: by place (a chart or figure), by key (a value on its axis) and by part; and of measured
 * values, how often each occurred, so that percentiles of any union stay exact. Tallies can be added, and rows counted
 * as of another moment can be subtracted again.
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

  addAll(other: Tally): void {
    for (const [place, keys] of other.cells) {
      for (const [key, parts] of keys) {
        for (const [part, count] of parts.entries()) this.add(place, key, part, count)
      }
    }
    for (const [place, keys] of other.spreads) {
      for (const [key, spread] of keys) this.spreadOf(place, key).addAll(spread)
    }
  }

  /** To be kept for long: takes a fraction of the memory, and counts the same. */
  compact(): void {
    for (const keys of this.spreads.values()) for (const spread of keys.values()) spread.compact()
  }

  /** Whether nothing was counted, or all of it was subtracted again. */
  isEmpty(): boolean {
    const valuesOf = <Value>(places: ReadonlyMap<string, ReadonlyMap<string, Value>>): Value[] =>
      [...places.values()].flatMap((keys) => [...keys.values()])
    return (
      valuesOf(this.cells).every((parts) => parts.every((count) => count === 0)) &&
      valuesOf(this.spreads).every((spread) => spread.isEmpty())
    )
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
