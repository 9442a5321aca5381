import type { Locale } from '#messages/locales.ts'
import { withTold } from '#server/platform/rules/sheet.ts'
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
  const look = format === 'csv' ? 'comma' : 'semicolon'
  const [table] = tables
  if (table && tables.length === 1) return csvOfSheet(withTold(table, told), look)
  const { say } = wordsIn(locale)
  return csvOfSheets(
    [about, ...tables],
    [say('sheets.whole.table'), say('sheets.whole.row'), say('sheets.whole.column'), say('sheets.whole.value')],
    look,
  )
}
