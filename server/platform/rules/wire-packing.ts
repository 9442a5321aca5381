import { isRecord, packings, toWire } from './wire.ts'

/**
 * Packs what the server sends. Rows of a list have the same keys, and many have the same values: the keys are written
 * once for the whole list, and a value that occurs often once with the places where it occurs. Objects are the same
 * here if they are one object.
 */
export const packed = (value: unknown): unknown => toWire(value, packedList)

function packedList(list: readonly unknown[]): unknown[] {
  if (list.length < 2) return list.map(packed)
  const known = new Map<unknown, number>()
  for (const value of list) if (!known.has(value)) known.set(value, known.size)
  if (known.size === 1) return [packings.same, packed(list[0]), list.length]
  if (known.size * 2 <= list.length && isWorthIt(known.keys())) {
    return [packings.repeated, packedList([...known.keys()]), list.map((value) => known.get(value))]
  }
  return dates(list) ?? table(list) ?? list.map(packed)
}

/** A number is no shorter by its place in another list. */
function isWorthIt(values: Iterable<unknown>): boolean {
  for (const value of values)
    if (typeof value === 'string' || (typeof value === 'object' && value !== null)) return true
  return false
}

/** Null unless they are all dates, or missing. */
function dates(list: readonly unknown[]): unknown[] | null {
  const texts: string[] = []
  for (const value of list) {
    if (value !== null && !(value instanceof Date && !Number.isNaN(value.getTime()))) return null
    texts.push(value === null ? '' : value.getTime().toString(36))
  }
  return [packings.dates, texts.join(' ')]
}

/** Null unless the objects of the list have the same keys. Its last part: the places without an object. */
function table(list: readonly unknown[]): unknown[] | null {
  const rows: Record<string, unknown>[] = []
  const gaps: number[] = []
  for (const [at, value] of list.entries()) {
    if (value === null) gaps.push(at)
    else if (isRecord(value)) rows.push(value)
    else return null
  }
  const keys = Object.keys(rows[0] ?? {})
  if (rows.length < 2 || keys.length === 0 || !rows.every((row) => hasKeys(row, keys))) return null
  const columns = keys.map((key) => packedList(rows.map((row) => row[key])))
  return [packings.table, keys, columns, ...(gaps.length > 0 ? [gaps] : [])]
}

function hasKeys(row: Record<string, unknown>, keys: readonly string[]): boolean {
  let at = 0
  for (const key in row) if (key !== keys[at++]) return false
  return at === keys.length
}
