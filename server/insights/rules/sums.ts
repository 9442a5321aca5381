import type { Spread } from './spread.ts'
import { Tally } from './tally.ts'

/** By frame, the second in which the last of its rows was settled. */
export type Settled = Record<string, number>

/** The keys of a place, one per line, and in the same order the parts of each: `width` numbers a key. */
type WrittenCells = { keys: string; width: number; parts: number[] }
/** In the order of the keys: how many numbers each has, and the numbers of all. */
type WrittenSpreads = { keys: string; lengths: number[]; numbers: number[] }

/** A few long lists: one list for every key would take most of the time of reading them. */
type Written = {
  cells: Record<string, WrittenCells>
  /** As `Spread.packed` gives them. */
  spreads: Record<string, WrittenSpreads>
  settled: Settled
}

/** The same in memory, of one step of a chart or of several added up. */
export type Sums = {
  cells: { place: string; keys: string[]; width: number; parts: Int32Array }[]
  spreads: { place: string; keys: string[]; lengths: Int32Array; numbers: Int32Array }[]
  settled: Settled
  /** How many numbers it consists of. */
  size: number
}

/** Places counted by the step of a chart: in sums, which cover one step, their only key is empty. */
const isByStep = (place: string): boolean => place.startsWith('step ')

/** Equal tallies give the same text, in whatever order they were counted. */
export function writeSums(tally: Tally, settled: Settled): string {
  const written: Written = {
    cells: Object.fromEntries(sorted(tally.cells).map(([place, keys]) => [place, writtenCells(keys)])),
    spreads: Object.fromEntries(sorted(tally.spreads).map(([place, keys]) => [place, writtenSpreads(keys)])),
    settled: Object.fromEntries(sorted(new Map(Object.entries(settled)))),
  }
  return JSON.stringify(written)
}

const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1))
const linesOf = (rows: readonly [string, unknown][]): string => rows.map(([key]) => key).join('\n')

function writtenCells(keys: ReadonlyMap<string, number[]>): WrittenCells {
  const rows = sorted(keys)
  const width = Math.max(...rows.map(([, parts]) => parts.length))
  const parts = rows.flatMap(([, known]) => Array.from({ length: width }, (_, part) => known[part] ?? 0))
  return { keys: linesOf(rows), width, parts }
}

function writtenSpreads(keys: ReadonlyMap<string, Spread>): WrittenSpreads {
  const rows = sorted(keys)
  const numbers = rows.map(([, spread]) => spread.packed())
  return { keys: linesOf(rows), lengths: numbers.map(({ length }) => length), numbers: numbers.flat() }
}

/** Reads the sums of one step of a chart. */
export function readSums(text: string, step: string): Sums {
  const written: Written = JSON.parse(text)
  return inMemory(written, (place, keys) => (isByStep(place) ? [step] : keys.split('\n')))
}

/** Adds up sums of several steps. */
export function joinSums(all: readonly Sums[]): Sums {
  const tally = new Tally()
  const settled: Settled = {}
  for (const sums of all) {
    addSums(tally, sums)
    settleLater(settled, sums.settled)
  }
  return inMemory(JSON.parse(writeSums(tally, settled)), (_, keys) => keys.split('\n'))
}

export function settleLater(settled: Settled, other: Settled): void {
  for (const [frame, second] of Object.entries(other)) settled[frame] = Math.max(settled[frame] ?? 0, second)
}

function inMemory({ cells, spreads, settled }: Written, keysOf: (place: string, keys: string) => string[]): Sums {
  let size = 0
  const list = (numbers: number[]): Int32Array => {
    size += numbers.length
    return Int32Array.from(numbers)
  }
  return {
    cells: Object.entries(cells).map(([place, { keys, width, parts }]) => ({
      place,
      keys: keysOf(place, keys),
      width,
      parts: list(parts),
    })),
    spreads: Object.entries(spreads).map(([place, { keys, lengths, numbers }]) => ({
      place,
      keys: keysOf(place, keys),
      lengths: list(lengths),
      numbers: list(numbers),
    })),
    settled,
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
    let from = 0
    for (const key of keys) {
      const all = tally.partsOf(place, key)
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
