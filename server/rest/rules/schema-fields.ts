type Json = { [key: string]: unknown }

/** A field of a schema, as a row of a table. */
export type SchemaField = { name: string; type: string; isRequired: boolean; description: string }

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The fields of a JSON Schema in their order; fields of nested objects follow with their path. */
export function fieldsOf(schema: unknown, path = ''): SchemaField[] {
  if (!isObject(schema) || !isObject(schema.properties)) return []
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(schema.properties).flatMap(([key, field]) => {
    if (!isObject(field)) return []
    const name = `${path}${key}`
    const line = { name, type: typeIn(field), isRequired: required.includes(key), description: text(field.description) }
    return [line, ...fieldsOf(wholeOf(field), `${name}.`)]
  })
}

/** The object schema of a field, also if the field is nullable or a list. */
function wholeOf(field: Json): Json {
  const [of, ...others] = alternatives(field)
  if (others.length === 0 && of && of !== field) return wholeOf(of)
  return isObject(field.items) ? wholeOf(field.items) : field
}

const alternatives = (field: Json): Json[] =>
  listOf(field.anyOf ?? field.oneOf).length > 0
    ? listOf(field.anyOf ?? field.oneOf).filter(({ type }) => type !== 'null')
    : [field]

/** The type as text: `string`, `time | null`, `a, b or c`, or the name of another schema. */
export function typeIn(field: unknown): string {
  if (!isObject(field)) return ''
  const choices = listOf(field.anyOf ?? field.oneOf)
  if (choices.length > 0) return choices.map(typeIn).join(' | ')
  if (typeof field.$ref === 'string') return field.$ref.split('/').at(-1) ?? ''
  if (Array.isArray(field.enum)) return field.enum.join(' | ')
  if (field.const !== undefined) return String(field.const)
  if (field.type === 'array') {
    const item = typeIn(field.items)
    return item.includes(' | ') ? `(${item})[]` : `${item}[]`
  }
  const type = Array.isArray(field.type) ? field.type.join(' | ') : text(field.type)
  return text(field.format) || type
}
