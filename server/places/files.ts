import { createReadStream, type ReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { JSONParser } from '@streamparser/json'
import { type CsvError, parse } from 'csv-parse'
import { DomainError } from '#server/platform/errors.ts'
import { placeLimits } from '#server/platform/rules/limits.ts'
import type { FileRow } from './rules/file-row.ts'

/** What the rows of a file are counted in. */
export type RowUnit = 'line' | 'feature'

/** A row with the line on which it begins, or as which feature it comes; null if it cannot be read. */
export type SourceRow = { at: number; row: FileRow | null }

export type PlaceFile = {
  unit: RowUnit
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
    unit: read === records ? 'line' : 'feature',
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
      unreadable.push({ at: Number(error.lines), row: null })
      return undefined
    },
  })
  let line = 2
  for await (const { record, info } of pipeline(text, parser, () => undefined) as AsyncIterable<Parsed>) {
    yield* unreadable.splice(0)
    yield { at: line, row: rowOf(record) }
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

type Feature = { properties?: Record<string, unknown> | null; geometry?: unknown }

/** The features of a collection, one after the other. */
async function* features(bytes: Readable): AsyncGenerator<SourceRow> {
  const parser = new JSONParser({ paths: ['$.features.*'], keepStack: false })
  const found: (FileRow | null)[] = []
  let [at, unread] = [0, 0]
  parser.onValue = ({ value, key }) => {
    // Properties of an object that is called "features" have names for keys.
    if (typeof key !== 'number') throw notGeoJson(at)
    found.push(rowOfFeature(value))
    unread = 0
  }
  /** Everything that is read from a piece of the file, then what was wrong behind it. */
  function* read(reading: () => unknown): Generator<SourceRow> {
    let wrong: unknown = null
    try {
      reading()
    } catch (error) {
      wrong = error
    }
    for (const row of found.splice(0)) yield { at: ++at, row }
    if (wrong) throw wrong instanceof DomainError ? wrong : notGeoJson(at + 1)
  }
  for await (const piece of bytes as AsyncIterable<Buffer>) {
    unread += piece.length
    yield* read(() => parser.write(piece))
    if (unread > placeLimits.file.rowBytes) throw tooLong(at + 1)
  }
  yield* read(() => parser.isEnded || parser.end())
  if (at === 0) throw notGeoJson(1)
}

/** What is wrong is in this feature, or behind the one before it. */
const notGeoJson = (feature: number) => new DomainError('places_not_geojson', { feature })

const tooLong = (feature: number) =>
  new DomainError('places_row_too_long', { feature, most: placeLimits.file.rowBytes })

function rowOfFeature(value: unknown): FileRow | null {
  if (typeof value !== 'object' || value === null) return null
  const { properties, geometry } = value as Feature
  const { name, kind, commune_code: communeCode } = properties ?? {}
  return { name, kind, geometry, communeCode }
}
