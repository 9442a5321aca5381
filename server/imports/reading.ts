import { createReadStream, type ReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type CsvError, parse } from 'csv-parse'
import { DomainError } from '#server/platform/errors.ts'
import type { Mapping } from './rules/mapping.ts'
import type { Row } from './rules/row.ts'

/** A row with the line it begins on. A row that cannot be parsed is returned as its text. */
export type SourceRow = { line: number; row: Row } | { line: number; row: null; text: string }

export type SourceTable = {
  /** Every row of CSV has every column of the header; rows of JSON may differ. */
  kind: 'csv' | 'jsonl'
  /** Always from the first row on; may be called repeatedly. */
  rows(): AsyncIterable<SourceRow>
  /** The share of the file read in the current iteration, from 0 to 1. */
  progress(): number
}

/** Opens a table of reports, compressed or not: rows are streamed, never the whole file at once. */
export async function openTable(
  path: string,
  { format, delimiter }: Pick<Mapping, 'format' | 'delimiter'>,
): Promise<SourceTable> {
  const kind = format ?? formatOf(path)
  if (!kind) throw new DomainError('import_format_unknown', { file: path })
  const size = (await stat(path)).size
  let file: ReadStream | undefined
  const rows = () => {
    file = createReadStream(path)
    const text = /\.gz$/i.test(path) ? pipeline(file, createGunzip(), () => undefined) : file
    return kind === 'csv' ? csvRows(text, delimiter) : jsonRows(text)
  }
  return { kind, rows, progress: () => (size === 0 ? 1 : Math.min(1, (file?.bytesRead ?? 0) / size)) }
}

function formatOf(path: string): Mapping['format'] {
  const name = path.replace(/\.gz$/i, '')
  if (/\.(csv|tsv|txt)$/i.test(name)) return 'csv'
  return /\.(jsonl|ndjson)$/i.test(name) ? 'jsonl' : undefined
}

type Parsed = { record: Record<string, string>; info: { lines: number } }

async function* csvRows(text: Readable, delimiter: string): AsyncGenerator<SourceRow> {
  const unreadable: SourceRow[] = []
  const parser = parse({
    columns: true,
    bom: true,
    delimiter,
    info: true,
    raw: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      unreadable.push({ line: Number(error?.lines ?? 0), row: null, text: String(error?.raw ?? '').trim() })
      return undefined
    },
  })
  let line = 2
  for await (const { record, info } of pipeline(text, parser, () => undefined) as AsyncIterable<Parsed>) {
    yield* unreadable.splice(0)
    yield { line, row: record }
    line = info.lines + 1
  }
  yield* unreadable.splice(0)
}

async function* jsonRows(text: Readable): AsyncGenerator<SourceRow> {
  let line = 0
  for await (const content of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    const json = line === 1 ? content.replace(/^\uFEFF/, '') : content
    if (json.trim() === '') continue
    const row = objectOf(json)
    yield row ? { line, row } : { line, row, text: json }
  }
}

function objectOf(json: string): Row | null {
  try {
    const value: unknown = JSON.parse(json)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Row) : null
  } catch {
    return null
  }
}
