import { unflatten } from 'devalue'
import { requestLimits } from './limits.ts'

/**
 * Reads untrusted input in the format of `wire`: dates and absent values, and nothing else beyond JSON. A number of a
 * million digits, a sparse list, a list that contains itself, or one that contains another twice that contains a third
 * twice: each is a few characters that take minutes to process. Our own clients send none of these.
 */
export function readFromOutside(text: string): unknown {
  const flat: unknown = JSON.parse(text)
  if (Array.isArray(flat)) measure(flat, 0, { sizes: new Map(), depth: 0 })
  return unflatten(flat as number | unknown[], undefined, { operations: { createSparseArray } })
}

type Measured = { sizes: Map<number, number>; depth: number }

/** The number of values at a place and below it, each counted as often as it is referenced. */
function measure(flat: readonly unknown[], place: number, { sizes, depth }: Measured): number {
  if (place < 0) return 1
  const known = sizes.get(place)
  if (known !== undefined) return known
  if (depth > requestLimits.depth) throw new TypeError('too deep')
  // Infinite until it is known: a reference back to this place is a cycle.
  sizes.set(place, Number.POSITIVE_INFINITY)
  let size = 1
  for (const part of partsOf(flat[place])) {
    size += measure(flat, part, { sizes, depth: depth + 1 })
    if (size > requestLimits.values) throw new TypeError('too many values')
  }
  sizes.set(place, size)
  return size
}

/** The places that a value references. */
function partsOf(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return []
  if (!Array.isArray(value)) return Object.values(value)
  if (typeof value[0] !== 'string') return value
  if (value[0] === 'Date' && String(value[1]).length <= longestDate) return []
  throw new TypeError('a kind of value that nobody sends')
}

const longestDate = 30

function createSparseArray(): never {
  throw new TypeError('a list with holes')
}
