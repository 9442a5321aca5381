import { type Options, stringify } from 'csv-stringify/sync'

/** Spreadsheets read a file as UTF-8 only if it begins with this. */
export const byteOrderMark = '\uFEFF'

export type CsvCell = string | number | null

/** First characters of a text that a spreadsheet takes for a formula; full-width forms too, as some read those. */
const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/
/** The same within a text, where a spreadsheet that expects another separator begins a cell, whatever is quoted. */
const formulaBehind = /([,;\t\r\n])(?="*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g

/**
 * The only place that writes CSV. What a spreadsheet would take for a formula gets a tab before it, also within a text,
 * which makes it plain text; a number stays a number.
 */
const plain: Options = {
  cast: { string: (text) => `${formula.test(text) ? '\t' : ''}${text.replace(formulaBehind, '$1\t')}` },
  quoted_match: /[\t\r\n]/,
  record_delimiter: '\r\n',
}

/**
 * `comma`: as programs read it. `semicolon`: as Excel opens it on a Vietnamese Windows, where the comma is in decimal
 * numbers.
 */
export type CsvLook = 'comma' | 'semicolon'
const looks: Record<CsvLook, Options> = {
  comma: plain,
  semicolon: {
    ...plain,
    delimiter: ';',
    cast: { ...plain.cast, number: (number) => String(number).replace('.', ',') },
  },
}

/** Rows as the text of a CSV file, or of a part of it. */
export const csvLines = (rows: readonly (readonly CsvCell[])[], look: CsvLook = 'comma'): string =>
  stringify(rows as CsvCell[][], looks[look])
