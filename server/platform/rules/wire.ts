/**
 * How values are sent between server and browser: JSON, in which a text that begins with `~` stands for something that
 * JSON cannot express, and lists may be packed (`wire-packing.ts`). Dates and absent values keep their type. A format
 * of our own, because the usual libraries record the path of each date, or number every value: for a page of the queue
 * that takes longer than the rest of the request.
 */
export const wire = {
  serialize: (value: unknown): unknown => toWire(value),
  deserialize: (value: unknown): unknown => fromWire(value),
}

const mark = '~'
/** A packed list begins with one of these; a text of the same spelling is written with a second mark. */
export const packings = { table: `${mark}t`, repeated: `${mark}r`, same: `${mark}=`, dates: `${mark}D` } as const

/** As `JSON.stringify` and `JSON.parse` take it. `listToWire` writes lists. */
export function toWire(value: unknown, listToWire = plainList): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? mark + value : value
  if (typeof value === 'number') return Number.isFinite(value) ? value : `${mark}n${value}`
  if (typeof value === 'boolean' || value === null) return value
  if (value === undefined) return `${mark}u`
  if (Array.isArray(value)) return listToWire(value)
  if (value instanceof Date) return `${mark}d${Number.isNaN(value.getTime()) ? '' : value.getTime().toString(36)}`
  if (!isRecord(value)) throw new TypeError(`${typeof value} cannot be sent`)
  const written: Record<string, unknown> = {}
  for (const key in value) written[key] = toWire(value[key], listToWire)
  return written
}

const plainList = (list: readonly unknown[]): unknown[] => list.map((item) => toWire(item))

export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const parent = Object.getPrototypeOf(value)
  return parent === Object.prototype || parent === null
}

export function fromWire(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? fromText(value[1], value.slice(2)) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return fromList(value)
  const read: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(value)) read[safe(key)] = fromWire(part)
  return read
}

/** Assigning to it would replace the prototype. */
function safe(key: string): string {
  if (key === '__proto__') throw new TypeError('a key that nobody sends')
  return key
}

function fromText(kind: string | undefined, rest: string): unknown {
  if (kind === mark) return mark + rest
  if (kind === 'u') return undefined
  if (kind === 'n') return Number(rest)
  if (kind === 'd') return rest === '' ? new Date(Number.NaN) : dateOf(rest)
  throw new TypeError('a kind of value that nobody sends')
}

const dateOf = (text: string): Date => new Date(Number.parseInt(text, 36))

function fromList(list: unknown[]): unknown[] {
  const [kind, first, second, third] = list
  if (kind === packings.same) return Array.from<unknown>({ length: second as number }).fill(fromWire(first))
  if (kind === packings.repeated) {
    const values = fromList(first as unknown[])
    return (second as number[]).map((at) => values[at])
  }
  if (kind === packings.dates) return (first as string).split(' ').map((text) => (text === '' ? null : dateOf(text)))
  if (kind !== packings.table) return list.map(fromWire)
  const keys = (first as string[]).map(safe)
  const columns = (second as unknown[][]).map(fromList)
  const rows: unknown[] = (columns[0] ?? []).map((_, at) =>
    Object.fromEntries(keys.map((key, column) => [key, columns[column]?.[at]])),
  )
  for (const at of (third ?? []) as number[]) rows.splice(at, 0, null)
  return rows
}
