import { unflatten } from 'devalue'
import { requestLimits } from './limits.ts'

/**
 * Reads what `wire` wrote, or anybody else: dates and absent values, and nothing else that JSON has no word for. A
 * number of a million digits, a list with holes, a list that holds itself or holds another twice that holds a third
 * twice: each is a few letters that somebody would work through for minutes. Nobody of ours sends one.
 */
export function readFromOutside(text: string): unknown {
  const flat: unknown = JSON.parse(text)
  if (Array.isArray(flat)) measure(flat, 0, { sizes: new Map(), depth: 0 })
  return unflatten(flat as number | unknown[], undefined, { operations: { createSparseArray } })
}

type Measured = { sizes: Map<number, number>; depth: number }

/** How many values stand at a place and below it, each as often as it is referred to. */
function measure(flat: readonly unknown[], place: number, { sizes, depth }: Measured): number {
  if (place < 0) return 1
  const known = sizes.get(place)
  if (known !== undefined) return known
  if (depth > requestLimits.depth) throw new TypeError('too deep')
  // Until it is known: whoever comes back here has gone round in a circle.
  sizes.set(place, Number.POSITIVE_INFINITY)
  let size = 1
  for (const part of partsOf(flat[place])) {
    size += measure(flat, part, { sizes, depth: depth + 1 })
    if (size > requestLimits.values) throw new TypeError('too many values')
  }
  sizes.set(place, size)
  return size
}

/** The places that a value refers to. */
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
