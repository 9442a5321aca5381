import type { Locale } from '#messages/locales.ts'
import type { Sheet } from '#server/platform/rules/sheet.ts'
import { csvOfSheet, csvOfSheets, workbookOf } from '#server/platform/sheets.ts'
import type { ExportFormat } from '../rules/board-export.ts'
import type { BoardSheets } from './board-sheets.ts'
import { wordsIn } from './words.ts'

/**
 * The tables as one file. In CSV a single one is a plain table that ends with what it was counted under, the same in
 * each row; several are written below each other, a line per cell.
 */
export async function boardFile(
  { about, told, tables }: BoardSheets,
  format: ExportFormat,
  locale: Locale,
): Promise<string | Buffer> {
  if (format === 'xlsx') return workbookOf([...tables, about])
  const [table] = tables
  if (table && tables.length === 1) return csvOfSheet(withConditions(table, told))
  const { say } = wordsIn(locale)
  return csvOfSheets(
    [about, ...tables],
    [say('sheets.whole.table'), say('sheets.whole.row'), say('sheets.whole.column'), say('sheets.whole.value')],
  )
}

const withConditions = ({ name, columns, rows }: Sheet, told: BoardSheets['told']): Sheet => ({
  name,
  columns: [...columns, ...told.map(({ label, cell }) => ({ label, kind: cell.kind }))],
  rows: rows.map((row) => [...columns.map((_, place) => row[place] ?? null), ...told.map(({ cell }) => cell)]),
})
