import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'

const folder = new URL('../data/hanoi/', import.meta.url)

/** Markets, hospitals, lakes and junctions that the gazetteer of the demo city is given. */
export const landmarksFile = fileURLToPath(new URL('landmarks.csv', folder))

/** The rows of a table in db/data/hanoi, by column name. */
export function readTable<Column extends string>(name: string): Record<Column, string>[] {
  return parse(readFileSync(new URL(name, folder)), { columns: true, skip_empty_lines: true })
}

export const readJson = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T

export const listOf = (cell: string): string[] => (cell === '' ? [] : cell.split(';').map((part) => part.trim()))
