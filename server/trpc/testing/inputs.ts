import type { z } from 'zod'
import { hostileValues, likeliest } from './hostile-values.ts'

/** Values for a field name, tried first: the ids of existing things. */
export type Known = Readonly<Record<string, readonly unknown[]>>
type Path = readonly (string | number)[]
type Def = Record<string, unknown> & { type: string }
type Schema = z.ZodType

const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def
const inner = (def: Def, name = 'innerType') => def[name] as Schema

/** Plausible values for any schema of a text or a number. */
const plain: readonly unknown[] = [
  'Cây đổ chắn ngang đường',
  'abcd',
  'ab',
  '2026-03-02',
  '2026-03',
  '2026-W10',
  '2026-03-02T09:00',
  '2026-03-02T02:00:00Z',
  '1',
  'HN-260302-0001',
  '0912345678',
  'a.nguyen@hanoi.gov.vn',
  'https://hanoi.gov.vn/',
  '/reports',
  'flow',
  '08:00',
  '6f2d1d5e-8a0a-4a4e-9d2b-3d1f0b6c7a10',
  'ab'.repeat(32),
  'x'.repeat(43),
  'a1',
  'VS-01',
  '01234',
  1,
  10,
  480,
  2026,
  new Date('2026-03-02T02:00:00Z'),
  true,
  null,
  undefined,
  [],
  {},
  [105.85, 21.03],
  [[480, 720]],
  [105.8, 21, 105.9, 21.1],
]

/** An input that the schema accepts, and the places in it whose value can be replaced. */
export type Sample = { input: unknown; places: Path[] }

/**
 * One sample for each alternative of a schema; the schema may still refuse a sample because of rules across fields.
 */
export function samplesOf(schema: Schema, known: Known): Sample[] {
  const widest = widthOf(schema, new Set())
  const met = new Map<string, Set<Schema>>()
  const drawn = Array.from({ length: widest }, (_, pick) => {
    const places: Path[] = pick === 0 ? [[]] : []
    return { input: draw(schema, { known, pick, places, met }, [], ''), places }
  })
  return drawn
}

/**
 * Of the values that the schema accepts, each is tried somewhere and the likeliest everywhere: a text field accepts
 * nearly all of them.
 */
export function isInTurn(value: unknown, turn: number): boolean {
  return likeliest.has(value) || turn % 8 === 0
}

/** The sample with each hostile value at each of its places. */
export function hostileInputs({ input, places }: Sample): { path: Path; value: unknown; input: unknown }[] {
  return places.flatMap((path) => {
    const list = at(input, path)
    const many = Array.isArray(list) && list.length > 0 ? [Array.from({ length: 3000 }, () => list[0])] : []
    return [...hostileValues, ...many].map((value) => ({ path, value, input: withAt(input, path, value) }))
  })
}

type Drawing = { known: Known; pick: number; places: Path[]; met: Map<string, Set<Schema>> }

function draw(schema: Schema, drawing: Drawing, path: Path, name: string): unknown {
  const def = defOf(schema)
  if (path.length > 0 && !isWrapper(def)) meet(schema, drawing, path)
  const hinted = drawing.known[name]?.find((value) => schema.safeParse(value).success)
  const go = (next: Schema, step?: string | number) =>
    draw(next, drawing, step === undefined ? path : [...path, step], typeof step === 'string' ? step : name)
  switch (def.type) {
    case 'object': {
      const entries = Object.entries(def.shape as Record<string, Schema>).map(([key, part]) => [key, go(part, key)])
      return hinted ?? Object.fromEntries(entries.filter(([, value]) => value !== undefined))
    }
    case 'array': {
      const element = go(inner(def, 'element'), 0)
      return hinted ?? fitting(schema, [[element], [element, element], []])
    }
    case 'tuple':
      return (def.items as Schema[]).map((item, place) => go(item, place))
    case 'record': {
      const [keys, value] = [inner(def, 'keyType'), inner(def, 'valueType')]
      const entries = defOf(keys).entries as Record<string, string> | undefined
      const names = entries ? Object.values(entries) : [String(fitting(keys, plain))]
      return Object.fromEntries(names.map((key) => [key, go(value, key)]))
    }
    case 'union': {
      const options = def.options as Schema[]
      return go(options[drawing.pick % options.length] as Schema)
    }
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'catch':
    case 'readonly':
    case 'nonoptional':
      return go(inner(def))
    case 'lazy':
      return path.length > 12 ? fitting(schema, plain) : go((def.getter as () => Schema)())
    case 'pipe':
      return defOf(inner(def, 'in')).type === 'transform' ? go(inner(def, 'out')) : go(inner(def, 'in'))
    case 'enum': {
      const values = Object.values(def.entries as Record<string, unknown>)
      return hinted ?? values[drawing.pick % values.length]
    }
    case 'literal':
      return (def.values as unknown[])[0]
    default:
      return hinted ?? fitting(schema, plain)
  }
}

/** Other alternatives share many places: each place is tried once. */
function meet(schema: Schema, { met, places }: Drawing, path: Path): void {
  const schemas = met.get(path.join('.')) ?? new Set()
  if (!schemas.has(schema)) places.push(path)
  met.set(path.join('.'), schemas.add(schema))
}

const isWrapper = ({ type }: Def) =>
  ['optional', 'nullable', 'default', 'prefault', 'catch', 'readonly', 'nonoptional', 'lazy', 'pipe', 'union'].includes(
    type,
  )

const fitting = (schema: Schema, values: readonly unknown[]) => values.find((value) => schema.safeParse(value).success)

/** The number of alternatives of the widest choice in a schema: this many samples cover each of them. */
function widthOf(schema: Schema, met: Set<Schema>): number {
  if (met.has(schema)) return 1
  met.add(schema)
  const def = defOf(schema)
  const parts =
    def.type === 'lazy'
      ? [(def.getter as () => Schema)()]
      : Object.values(def).flatMap((value) => (isSchema(value) ? [value] : partsIn(value)))
  const own = def.type === 'union' ? (def.options as Schema[]).length : 1
  return Math.max(own, ...parts.map((part) => widthOf(part, met)))
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && '_zod' in value
const partsIn = (value: unknown): Schema[] =>
  typeof value === 'object' && value !== null ? Object.values(value).filter(isSchema) : []

function at(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], input)
}

function withAt(input: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(input)) return input.map((item, place) => (place === step ? withAt(item, rest, value) : item))
  const object = { ...(input as Record<string | number, unknown>) }
  object[step] = withAt(object[step], rest, value)
  return object
}
