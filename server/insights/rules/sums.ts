import { sharedText } from './shared-text.ts'
import { BelowZero, type Spread } from './spread.ts'
import { Tally } from './tally.ts'

/** The keys of a place, one per line, and in the same order the parts of each: `width` numbers a key. */
type WrittenCells = { keys: string; width: number; parts: number[] }
/** In the order of the keys: how many numbers each has, and the numbers of all. */
type WrittenSpreads = { keys: string; lengths: number[]; numbers: number[] }

/** A few long lists: one list for every key would take most of the time of reading them. */
type Written = {
  cells: Record<string, WrittenCells>
  /** As `Spread.packed` gives them. */
  spreads: Record<string, WrittenSpreads>
}

/** The same in memory, of one step of a chart or of several added up. */
export type Sums = {
  cells: { place: string; keys: string[]; width: number; parts: Int32Array }[]
  spreads: { place: string; keys: string[]; lengths: Int32Array; numbers: Int32Array }[]
  /** Of how many numbers and keys it consists. */
  size: number
}

/** Places counted by the step of a chart: in sums, which cover one step, their only key is empty. */
const isByStep = (place: string): boolean => place.startsWith('step ')

/** The one place of which the numbers may be below zero. */
const differences = 'step changes'

/**
 * Equal tallies give the same text, in whatever order they were counted, and whether or not something was counted and
 * subtracted again.
 */
export function writeSums(tally: Tally): string {
  const written: Written = {
    cells: eachPlace(tally.cells, writtenCells),
    spreads: eachPlace(tally.spreads, writtenSpreads),
  }
  return JSON.stringify(written)
}

/** The sums after a change; fails with `BelowZero` if they cannot have contained what is subtracted. */
export function changeSums(text: string, change: Tally): string {
  const tally = new Tally()
  addSums(tally, inMemory(JSON.parse(text), allKeys))
  tally.addAll(change)
  return writeSums(tally)
}

/** Place by place, in order; places of which nothing is left are left out. */
function eachPlace<Value, Result extends { keys: string }>(
  places: ReadonlyMap<string, ReadonlyMap<string, Value>>,
  write: (place: string, keys: ReadonlyMap<string, Value>) => Result | null,
): Record<string, Result> {
  const written = sorted(places).flatMap(([place, keys]): [string, Result][] => {
    const one = write(place, keys)
    return one ? [[place, one]] : []
  })
  return Object.fromEntries(written)
}

const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1))
const linesOf = (rows: readonly [string, unknown][]): string => rows.map(([key]) => key).join('\n')
const allKeys = (_: string, keys: string): string[] => keys.split('\n').map(sharedKey)

const mostShared = 20_000
const sharedKeys = new Map<string, string>()

function sharedKey(key: string): string {
  if (sharedKeys.size >= mostShared) sharedKeys.clear()
  return sharedText(key, sharedKeys)
}

function writtenCells(place: string, keys: ReadonlyMap<string, number[]>): WrittenCells | null {
  const rows = sorted(keys).filter(([, known]) => known.some((count) => count !== 0))
  if (rows.length === 0) return null
  const width = Math.max(...rows.map(([, known]) => known.findLastIndex((count) => count !== 0) + 1))
  const parts = rows.flatMap(([, known]) => Array.from({ length: width }, (_, part) => known[part] ?? 0))
  if (place !== differences && parts.some((count) => count < 0)) throw new BelowZero(`of ${place}`)
  return { keys: linesOf(rows), width, parts }
}

function writtenSpreads(_: string, keys: ReadonlyMap<string, Spread>): WrittenSpreads | null {
  const rows = sorted(keys).flatMap(([key, spread]): [string, number[]][] => {
    const numbers = spread.packed()
    return numbers.length === 0 ? [] : [[key, numbers]]
  })
  if (rows.length === 0) return null
  const numbers = rows.map(([, one]) => one)
  return { keys: linesOf(rows), lengths: numbers.map(({ length }) => length), numbers: numbers.flat() }
}

/** The text without any number. */
export const emptySums = writeSums(new Tally())

/** Reads the sums of one step of a chart. */
export function readSums(text: string, step: string): Sums {
  const written: Written = JSON.parse(text)
  return inMemory(written, (place, keys) => (isByStep(place) ? [step] : allKeys(place, keys)))
}

/** Adds up sums of several steps. */
export function joinSums(all: readonly Sums[]): Sums {
  const tally = new Tally()
  for (const sums of all) addSums(tally, sums)
  return inMemory(JSON.parse(writeSums(tally)), allKeys)
}

function inMemory({ cells, spreads }: Written, keysOf: (place: string, keys: string) => string[]): Sums {
  let size = 0
  const keysIn = (place: string, text: string): string[] => {
    const keys = keysOf(place, text)
    size += keys.length
    return keys
  }
  const list = (numbers: number[]): Int32Array => {
    size += numbers.length
    return Int32Array.from(numbers)
  }
  return {
    cells: Object.entries(cells).map(([place, { keys, width, parts }]) => ({
      place,
      keys: keysIn(place, keys),
      width,
      parts: list(parts),
    })),
    spreads: Object.entries(spreads).map(([place, { keys, lengths, numbers }]) => ({
      place,
      keys: keysIn(place, keys),
      lengths: list(lengths),
      numbers: list(numbers),
    })),
    size,
  }
}

/** Adds sums to a tally; `isWanted` leaves out places that no one asks for. */
export function addSums(
  tally: Tally,
  { cells, spreads }: Sums,
  isWanted: (place: string) => boolean = () => true,
): void {
  for (const { place, keys, width, parts } of cells) {
    if (!isWanted(place)) continue
    const known = tally.cellsOf(place)
    let from = 0
    for (const key of keys) {
      const all = known.get(key) ?? []
      known.set(key, all)
      for (let part = 0; part < width; part += 1) all[part] = (all[part] ?? 0) + (parts[from + part] as number)
      from += width
    }
  }
  for (const { place, keys, lengths, numbers } of spreads) {
    if (!isWanted(place)) continue
    let from = 0
    for (const [row, key] of keys.entries()) {
      const to = from + (lengths[row] as number)
      tally.spreadOf(place, key).addPacked(numbers, from, to)
      from = to
    }
  }
}
