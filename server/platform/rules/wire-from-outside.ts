import { requestLimits } from './limits.ts'
import { fromWire, packings } from './wire.ts'

/**
 * Reads untrusted input in the format of `wire`. Packed lists are refused: a few characters of one can stand for
 * millions of values. Our own clients send none.
 */
export function readFromOutside(sent: unknown): unknown {
  measure(sent, { depth: 0, values: { left: requestLimits.values } })
  return fromWire(sent)
}

const packedLists: ReadonlySet<unknown> = new Set(Object.values(packings))

function measure(value: unknown, { depth, values }: { depth: number; values: { left: number } }): void {
  if (depth > requestLimits.depth) throw new TypeError('too deep')
  if (--values.left < 0) throw new TypeError('too many values')
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value) && packedLists.has(value[0])) throw new TypeError('a packed list')
  for (const part of Object.values(value)) measure(part, { depth: depth + 1, values })
}
