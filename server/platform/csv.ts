import { type Options, stringify } from 'csv-stringify/sync'

/** Spreadsheets take a file for UTF-8 only with this at its head. */
export const byteOrderMark = '\uFEFF'

export type CsvCell = string | number | null

/** The one place that writes CSV. A text that a spreadsheet would take for a formula is made plain text; a number stays one. */
const options: Options = { escape_formulas: true, quoted_match: /[\r\n]/, record_delimiter: '\r\n' }

/** Rows as the text of a CSV file, or of a part of it. */
export const csvLines = (rows: readonly (readonly CsvCell[])[]): string => stringify(rows as CsvCell[][], options)
