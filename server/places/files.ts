import { createReadStream, type ReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type CsvError, parse } from 'csv-parse'
import { DomainError } from '#server/platform/errors.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'
import type { FileRow } from './rules/file-row.ts'

/** A row with the line on which it begins; null if it cannot be read. */
export type SourceRow = { line: number; row: FileRow | null }

export type PlaceFile = {
  rows(): AsyncIterable<SourceRow>
  /** The share of the file that was read, from 0 to 1. */
  progress(): number
}

/** Opens a file of places, GeoJSON or CSV, compressed or not. Rows are streamed, never the whole file at once. */
export async function openPlaces(path: string): Promise<PlaceFile> {
  const name = path.replace(/\.gz$/i, '')
  const read = /\.(geo)?json$/i.test(name) ? features : /\.csv$/i.test(name) ? records : null
  if (!read) throw new DomainError('places_format_unknown', { file: path })
  const { size } = await stat(path)
  let file: ReadStream | undefined
  return {
    rows() {
      file = createReadStream(path)
      return read(/\.gz$/i.test(path) ? pipeline(file, createGunzip(), () => undefined) : file)
    },
    progress: () => (size === 0 ? 1 : Math.min(1, (file?.bytesRead ?? 0) / size)),
  }
}

type Parsed = { record: Record<string, string>; info: { lines: number } }

async function* records(text: Readable): AsyncGenerator<SourceRow> {
  const unreadable: SourceRow[] = []
  const parser = parse({
    columns: (header: string[]) => checkedColumns(header.map((column) => column.trim().toLowerCase())),
    bom: true,
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: placeLimits.file.rowBytes,
    on_skip: (error: CsvError | undefined) => {
      if (error?.code === 'CSV_INVALID_COLUMN_MAPPING' || !error?.lines) return undefined
      unreadable.push({ line: Number(error.lines), row: null })
      return undefined
    },
  })
  let line = 2
  for await (const { record, info } of pipeline(text, parser, () => undefined) as AsyncIterable<Parsed>) {
    yield* unreadable.splice(0)
    yield { line, row: rowOf(record) }
    line = info.lines + 1
  }
  yield* unreadable.splice(0)
}

function checkedColumns(header: string[]): string[] {
  const missing = ['name', 'kind'].filter((column) => !header.includes(column))
  if (missing.length > 0) throw new DomainError('places_columns_missing', { columns: missing.join(', ') })
  return header
}

function rowOf({ name, kind, lon = '', lat = '', commune_code: communeCode }: Record<string, string>): FileRow {
  const coordinates = [lon, lat].map((degrees) => (degrees.trim() === '' ? Number.NaN : Number(degrees)))
  return { name, kind: kind?.trim(), geometry: { type: 'Point', coordinates }, communeCode }
}

/** The features of a collection, one after the other. */
async function* features(text: Readable): AsyncGenerator<SourceRow> {
  const open: string[] = []
  let [line, inText, isEscaped, isEmpty] = [1, false, false, true]
  let feature: { line: number; parts: string[]; length: number } | null = null
  text.setEncoding('utf8')
  for await (const chunk of text as AsyncIterable<string>) {
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at)
      if (code === 10) line += 1
      if (isEscaped) isEscaped = false
      else if (inText) {
        if (code === 92) isEscaped = true
        else if (code === 34) inText = false
      } else if (code === 34) inText = true
      else if (code === 123 || code === 91) {
        if (code === 123 && open.length === 2 && open[0] === '{' && open[1] === '[') {
          feature = { line, parts: [], length: 0 }
          from = at
          isEmpty = false
        }
        open.push(code === 123 ? '{' : '[')
        if (open[0] !== '{' || open.length > 100) throw new DomainError('places_not_geojson', {})
      } else if (code === 125 || code === 93) {
        if (open.pop() !== (code === 125 ? '{' : '[')) throw new DomainError('places_not_geojson', {})
        if (feature && open.length === 2) {
          feature.parts.push(chunk.slice(from, at + 1))
          yield { line: feature.line, row: featureOf(feature.parts.join('')) }
          feature = null
        }
      }
    }
    if (!feature) continue
    feature.parts.push(chunk.slice(from))
    feature.length += chunk.length - from
    if (feature.length > placeLimits.file.rowBytes) throw new DomainError('places_row_too_long', { line: feature.line })
  }
  if (open.length > 0 || isEmpty) throw new DomainError('places_not_geojson', {})
}

function featureOf(text: string): FileRow | null {
  try {
    const { properties, geometry } = JSON.parse(text) as { properties?: Record<string, unknown>; geometry?: unknown }
    const { name, kind, commune_code: communeCode } = properties ?? {}
    return { name, kind, geometry, communeCode }
  } catch {
    return null
  }
}
