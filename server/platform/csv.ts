import { type Options, stringify } from 'csv-stringify/sync'

/** Spreadsheets take a file for UTF-8 only with this at its head. */
export const byteOrderMark = '\uFEFF'

export type CsvCell = string | number | null

/** How a text begins that a spreadsheet would take for a formula; in full width too, as some of them read those. */
const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

/**
 * The one place that writes CSV. A text that a spreadsheet would take for a formula is made plain text by a tab before
 * it, which no reader sees; a number stays one.
 */
const options: Options = {
  cast: { string: (text) => (formula.test(text) ? `\t${text}` : text) },
  quoted_match: /[\t\r\n]/,
  record_delimiter: '\r\n',
}

/** Rows as the text of a CSV file, or of a part of it. */
export const csvLines = (rows: readonly (readonly CsvCell[])[]): string => stringify(rows as CsvCell[][], options)
