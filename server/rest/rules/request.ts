import { z } from 'zod'
import { type FieldError, Problem } from './problems.ts'

/** More than any valid body needs. */
const deepest = 32

const words: Readonly<Record<string, string>> = {
  required: 'is missing',
  too_long: 'is too long',
  bad_email: 'is not an e-mail address',
  bad_time: 'must be a time with its zone, such as 2026-11-29T08:30:00+07:00',
  bad_day: 'must be a day such as 2026-11-29',
  no_place: 'a location is needed: point, or address',
}

/**
 * Converts the parameters of an address or of headers to the types of the schema. A list is repeated, or separated by
 * commas if its description says so (`explode: false`), because a reference may contain commas.
 */
export function readParameters<Fields extends z.ZodObject>(
  fields: Fields,
  valuesOf: (name: string) => readonly string[],
): z.output<Fields> {
  const given: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields.shape)) {
    const values = valuesOf(name).filter((value) => value !== '')
    if (values.length === 0) continue
    const parts = hasCommas(field) ? values.flatMap((value) => value.split(',')) : values
    given[name] = isList(field) ? parts.map((value) => value.trim()) : values[0]
    if (!isList(field) && values.length > 1) throw invalid('parameter', name, 'is given more than once')
  }
  const { data, error } = fields.safeParse(given)
  if (error)
    throw new Problem(
      'invalid_parameters',
      errorsIn(error, (path) => ({ parameter: String(path[0]) })),
    )
  return data
}

function isList(field: unknown): boolean {
  const inner = field instanceof z.ZodOptional || field instanceof z.ZodDefault ? field.unwrap() : field
  return inner instanceof z.ZodArray
}

const hasCommas = (field: z.ZodType): boolean => {
  const { param } = (field.meta() ?? {}) as { param?: { explode?: boolean } }
  return isList(field) && param?.explode === false
}

export const invalid = (kind: 'parameter' | 'pointer', name: string, detail: string): Problem =>
  new Problem(kind === 'parameter' ? 'invalid_parameters' : 'invalid_fields', [{ detail, [kind]: name }])

/** Parses a JSON body in UTF-8. Invalid JSON is refused as unreadable; invalid fields are named. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: Uint8Array): z.output<Schema> {
  const { data, error } = schema.safeParse(jsonIn(body))
  if (error)
    throw new Problem(
      'invalid_fields',
      errorsIn(error, (path) => ({ pointer: pointerOf(path) })),
    )
  return data
}

function jsonIn(body: Uint8Array): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new Problem('malformed_request', [{ detail: 'the body is not UTF-8', pointer: '' }])
  }
  if (depthOf(text) > deepest) throw new Problem('malformed_request', [{ detail: 'too deeply nested', pointer: '' }])
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('malformed_request', [{ detail: 'the body is not JSON', pointer: '' }])
  }
}

/** The nesting depth of objects and lists; brackets within strings do not count. */
function depthOf(text: string): number {
  let [depth, most, isString] = [0, 0, false]
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (isString && character === '\\') at++
    else if (character === '"') isString = !isString
    else if (isString) continue
    else if (character === '[' || character === '{') most = Math.max(most, ++depth)
    else if (character === ']' || character === '}') depth--
  }
  return most
}

const errorsIn = (
  error: z.ZodError,
  place: (path: readonly PropertyKey[]) => Pick<FieldError, 'pointer' | 'parameter'>,
): FieldError[] =>
  error.issues.slice(0, 50).map(({ path, message }) => ({ detail: words[message] ?? message, ...place(path) }))

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Whether an `Accept` header allows a media type with a weight above 0. */
export function accepts(header: string | undefined, type: string): boolean {
  if (header === undefined || header.trim() === '') return true
  const [kind = ''] = type.split('/')
  const ranges = header.split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return { name, weight: weight === undefined ? 1 : Number(weight.slice(2)) }
  })
  for (const name of [type, `${kind}/*`, '*/*']) {
    const range = ranges.find((each) => each.name === name)
    if (range) return range.weight > 0
  }
  return false
}

/** Whether the `Content-Type` header means JSON in UTF-8. */
export function isJson(header: string | undefined): boolean {
  const [name = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '')
  return name === 'application/json' && (charset === undefined || charset === 'utf-8' || charset === 'utf8')
}

/** Whether a list of entity tags contains this tag; `*` contains all. For `If-Match` weak tags never match. */
export const names = (header: string | undefined, tag: string, by: 'weak' | 'strong' = 'weak'): boolean =>
  (header ?? '')
    .split(',')
    .map((given) => (by === 'weak' ? given.trim().replace(/^W\//, '') : given.trim()))
    .some((given) => given === '*' || given === tag)
