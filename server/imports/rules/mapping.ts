import { z } from 'zod'
import { timeReader } from './times.ts'

/** A column by its name; in JSON also a path into the row: `place.lon`. */
const column = z.string().min(1)

/** Maps words of the other system to ours; `otherwise` is for words not listed, null for "nothing". */
const meaning = {
  values: z.record(z.string(), z.string().nullable()).optional(),
  otherwise: z.string().nullable().optional(),
}

/**
 * Where a value comes from: a named column, the first non-empty one of several columns, text with `{columns}` in it, or
 * a constant for every row.
 */
const valueSource = z.union([
  column,
  z.strictObject({ column: z.union([column, z.array(column).min(1)]), ...meaning }),
  z.strictObject({ text: z.string().min(1), ...meaning }),
  z.strictObject({ constant: z.string() }),
])
export type ValueSource = z.output<typeof valueSource>

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

const times = z
  .strictObject({
    /**
     * `iso`, `epoch_seconds`, `epoch_millis`, or a pattern of yyyy MM dd HH mm ss, such as `dd/MM/yyyy HH:mm`; on a
     * clock of twelve hours hh and a, such as `MM/dd/yyyy hh:mm:ss a`.
     */
    format: z.string().default('iso'),
    /** The time zone of times that name none. */
    zone: z.string().refine(isZone, 'no such time zone').default('Asia/Ho_Chi_Minh'),
  })
  .refine(({ format, zone }) => timeReader(format, zone) !== null, {
    path: ['format'],
    message: 'iso, epoch_seconds, epoch_millis, or a pattern with yyyy, MM and dd in it, and hh only with a',
  })

/** A city's description of a file of another system: how each of its rows becomes a report. */
export const mappingSchema = z.strictObject({
  /** The source: together with the key it identifies a report across repeated imports. */
  source: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, 'lower-case letters, digits, dots and dashes'),
  /** The columns that identify a row. */
  key: z.array(column).min(1),
  /** By default derived from the name of the file. */
  format: z.enum(['csv', 'jsonl']).optional(),
  delimiter: z.string().length(1).default(','),
  times: times.prefault({}),
  fields: z.strictObject({
    title: valueSource,
    body: valueSource,
    channel: valueSource.default({ constant: 'import' }),
    category: valueSource.optional(),
    severity: valueSource.optional(),
    address: valueSource.optional(),
    lon: valueSource.optional(),
    lat: valueSource.optional(),
    receivedAt: valueSource.optional(),
    occurredAt: valueSource.optional(),
    tags: z.array(valueSource).default([]),
    reporter: z
      .strictObject({
        name: valueSource.optional(),
        phone: valueSource.optional(),
        email: valueSource.optional(),
        address: valueSource.optional(),
      })
      .default({}),
  }),
})
export type Mapping = z.output<typeof mappingSchema>

const holes = /\{([^{}]+)\}/g

/** The columns that a value uses. */
function columnsOfSource(source: ValueSource): string[] {
  if (typeof source === 'string') return [source]
  if ('column' in source) return [source.column].flat()
  return 'text' in source ? [...source.text.matchAll(holes)].map((hole) => hole[1] as string) : []
}

/** Every column that the mapping names, each once: a table without one of them is refused as another table. */
export function columnsOf({ key, fields: { tags, reporter, ...fields } }: Mapping): string[] {
  const sources = [...Object.values(fields), ...tags, ...Object.values(reporter)].filter(
    (source) => source !== undefined,
  )
  return [...new Set([...key, ...sources.flatMap(columnsOfSource)])]
}

/** The text with each of its `{columns}` replaced by the result of `contentOf`. */
export const filledIn = (text: string, contentOf: (column: string) => string): string =>
  text.replace(holes, (_, name: string) => contentOf(name))
