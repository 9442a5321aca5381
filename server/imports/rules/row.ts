import type { z } from 'zod'
import { type Intake, intakeSchema } from '#server/reports/rules/schemas.ts'
import { filledIn, type Mapping, type ValueSource } from './mapping.ts'
import { type TimeReader, timeReader } from './times.ts'

export type Row = Readonly<Record<string, unknown>>

/** Why a row is invalid: the field, a code that is translated for the reader, and the value found. */
const faultCodes = [
  'required',
  'too_long',
  'bad_value',
  'bad_time',
  'bad_number',
  'bad_point',
  'bad_email',
  'unknown_value',
  'unreadable',
] as const
type FaultCode = (typeof faultCodes)[number]
type Fault = { field: string; code: FaultCode; value: string }

export type ReadRow = { intake: Intake; faults: [] } | { intake: null; faults: Fault[] }

/** Reads the rows of a table: each row becomes the input of intake, or its list of faults. */
export function rowReader(mapping: Mapping): (row: Row) => ReadRow {
  const readTime = timeReader(mapping.times.format, mapping.times.zone) as TimeReader
  return (row) => new RowReading(row, mapping, readTime).result()
}

class RowReading {
  readonly #row: Row
  readonly #mapping: Mapping
  readonly #readTime: TimeReader
  readonly #faults: Fault[] = []

  constructor(row: Row, mapping: Mapping, readTime: TimeReader) {
    this.#row = row
    this.#mapping = mapping
    this.#readTime = readTime
  }

  result(): ReadRow {
    const { source, fields } = this.#mapping
    const reporter = Object.entries(fields.reporter).map(([part, from]) => [part, this.#text(`reporter.${part}`, from)])
    const candidate: z.input<typeof intakeSchema> = {
      source,
      sourceKey: this.#key(),
      channel: this.#text('channel', fields.channel) as Intake['channel'],
      title: this.#text('title', fields.title),
      body: this.#text('body', fields.body),
      categoryCode: this.#text('category', fields.category) || null,
      severity: (this.#text('severity', fields.severity) || null) as Intake['severity'],
      address: this.#text('address', fields.address),
      point: this.#point(),
      receivedAt: this.#time('receivedAt', fields.receivedAt),
      occurredAt: this.#time('occurredAt', fields.occurredAt),
      reporter: reporter.some(([, text]) => text !== '') ? Object.fromEntries(reporter) : null,
      tags: [...new Set(fields.tags.flatMap((from) => this.#tags(from)))],
    }
    const { data: intake, error } = intakeSchema.safeParse(candidate)
    for (const issue of error?.issues ?? []) this.#noteIssue(issue, candidate)
    return intake && this.#faults.length === 0 ? { intake, faults: [] } : { intake: null, faults: this.#faults }
  }

  #key(): string {
    return this.#mapping.key
      .map((column) => {
        const part = textAt(this.#row, column)
        if (part === '') this.#fault('key', 'required')
        return part
      })
      .join('/')
  }

  #text(field: string, from: ValueSource | undefined): string {
    if (from === undefined) return ''
    if (typeof from === 'string') return textAt(this.#row, from)
    if ('constant' in from) return from.constant
    const raw =
      'text' in from
        ? filledIn(from.text, (column) => textAt(this.#row, column)).trim()
        : firstOf([from.column].flat().map((column) => textAt(this.#row, column)))
    if (from.values && Object.hasOwn(from.values, raw)) return from.values[raw] ?? ''
    if (from.otherwise !== undefined) return from.otherwise ?? ''
    if (from.values && raw !== '') this.#fault(field, 'unknown_value', raw)
    return from.values ? '' : raw
  }

  #tags(from: ValueSource): string[] {
    const value = typeof from === 'string' ? valueAt(this.#row, from) : undefined
    const texts = Array.isArray(value) ? value.map(textOf) : this.#text('tags', from).split(';')
    return texts.map((tag) => tag.trim()).filter((tag) => tag !== '')
  }

  #time(field: string, from: ValueSource | undefined): Date | null {
    const text = this.#text(field, from)
    if (text === '') return null
    const time = this.#readTime(text)
    if (time === null) this.#fault(field, 'bad_time', text)
    return time
  }

  /** Both coordinates or none: a single coordinate is a fault. */
  #point(): { lon: number; lat: number } | null {
    const { lon: lonFrom, lat: latFrom } = this.#mapping.fields
    const texts = [this.#text('lon', lonFrom), this.#text('lat', latFrom)] as const
    if (texts[0] === '' && texts[1] === '') return null
    const [lon, lat] = texts.map((text) => (/^[+-]?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null))
    if (lon === null || lon === undefined || lat === null || lat === undefined) {
      this.#fault('point', 'bad_number', texts.join(' '))
      return null
    }
    return { lon, lat }
  }

  #noteIssue(issue: z.core.$ZodIssue, candidate: object): void {
    const field = issue.path[0] === 'reporter' ? issue.path.join('.') : fieldOf(String(issue.path[0]))
    if (this.#faults.some((fault) => fault.field === field)) return
    const value = issue.path.reduce<unknown>((at, step) => (at as Row | null)?.[step as string], candidate)
    const code = codeOf(field, issue.message, value)
    this.#fault(field, code, code === 'too_long' ? '' : textOf(value))
  }

  #fault(field: string, code: FaultCode, value = ''): void {
    this.#faults.push({ field, code, value })
  }
}

/** Translates our field names to those of the mapping file. */
const fieldOf = (part: string): string => ({ sourceKey: 'key', categoryCode: 'category' })[part] ?? part

function codeOf(field: string, message: string, value: unknown): FaultCode {
  if (field === 'point') return 'bad_point'
  if (value === '') return 'required'
  return faultCodes.find((code) => code === message) ?? 'bad_value'
}

const firstOf = (texts: string[]): string => texts.find((text) => text !== '') ?? ''

function valueAt(row: Row, column: string): unknown {
  if (Object.hasOwn(row, column)) return row[column]
  return column.split('.').reduce<unknown>((at, step) => {
    return at !== null && typeof at === 'object' && Object.hasOwn(at, step) ? (at as Row)[step] : undefined
  }, row)
}

const textAt = (row: Row, column: string): string => textOf(valueAt(row, column)).trim()

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
