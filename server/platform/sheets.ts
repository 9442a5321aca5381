import type { Cell } from 'write-excel-file/node'
import { byteOrderMark, type CsvCell, type CsvLook, csvLines } from './csv.ts'
import { isoInHanoi, localDayOf } from './rules/local-day.ts'
import { type CellKind, type Sheet, type TypedCell, tabOf, typedCell } from './rules/sheet.ts'

const formats: Partial<Record<CellKind, string>> = {
  count: '#,##0',
  decimal: '#,##0.0#',
  share: '0.0%',
  minutes: '#,##0',
  moment: 'yyyy-mm-dd hh:mm:ss',
  minute: 'yyyy-mm-dd hh:mm',
  day: 'yyyy-mm-dd',
}
const widest = 60

export const fileTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A workbook with a tab per sheet: typed cells, a bold and frozen header row. */
export async function workbookOf(sheets: readonly Sheet[]): Promise<Buffer> {
  const written = sheets.map((sheet) => ({
    sheet: tabOf(sheet.name),
    stickyRowsCount: 1,
    columns: sheet.columns.map((_, column) => ({ width: widthOf(sheet, column) })),
    data: [
      sheet.columns.map(({ label }): Cell => ({ value: label, type: String, fontWeight: 'bold', wrap: true })),
      ...sheet.rows.map((row) => sheet.columns.map((_, column) => workbookCell(typedCell(sheet, row, column)))),
    ],
  }))
  // Loaded with the first file: a process that writes none need not hold it.
  const { default: writeWorkbook } = await import('write-excel-file/node')
  return writeWorkbook(written).toBuffer()
}

/** Text stays text, whatever it begins with: only a cell of the type formula is a formula. */
function workbookCell({ value, kind }: TypedCell): Cell {
  if (value === null) return null
  if (value instanceof Date) return { value: onWallClock(value), type: Date, format: formats[kind] ?? 'yyyy-mm-dd' }
  if (typeof value === 'number') return { value, type: Number, ...(formats[kind] && { format: formats[kind] }) }
  return { value, type: String, wrap: value.length > widest }
}

/** A workbook has no time zones: its times are the local time of Hanoi. */
const onWallClock = (at: Date): Date => new Date(`${isoInHanoi(at).slice(0, 19)}Z`)

function widthOf(sheet: Sheet, column: number): number {
  const lengths = sheet.rows.map((row) => csvText(typedCell(sheet, row, column)).length)
  return Math.min(widest, Math.max(8, sheet.columns[column]?.label.length ?? 0, ...lengths) + 2)
}

/** A sheet as a CSV file. */
export const csvOfSheet = (sheet: Sheet, look?: CsvLook): string =>
  byteOrderMark + csvLines([sheet.columns.map(({ label }) => label)], look) + csvRowsOf(sheet, look)

/** The rows only, to be appended to those already written. */
export const csvRowsOf = (sheet: Sheet, look?: CsvLook): string =>
  csvLines(
    sheet.rows.map((row) => sheet.columns.map((_, column) => csvCell(typedCell(sheet, row, column)))),
    look,
  )

/** Several sheets in one CSV file: a line per cell, with its sheet, row and column. */
export function csvOfSheets(
  sheets: readonly Sheet[],
  header: readonly [string, string, string, string],
  look?: CsvLook,
): string {
  const lines = sheets.flatMap((sheet) =>
    sheet.rows.flatMap((row) =>
      sheet.columns
        .slice(1)
        .map(({ label }, column): CsvCell[] => [
          sheet.name,
          csvText(typedCell(sheet, row, 0)),
          label,
          csvCell(typedCell(sheet, row, column + 1)),
        ]),
    ),
  )
  return byteOrderMark + csvLines([header, ...lines], look)
}

function csvCell({ value, kind }: TypedCell): CsvCell {
  if (!(value instanceof Date)) return value
  if (kind === 'minute') return isoInHanoi(value).slice(0, 16).replace('T', ' ')
  return kind === 'day' ? localDayOf(value) : isoInHanoi(value)
}

const csvText = (cell: TypedCell): string => String(csvCell(cell) ?? '')
