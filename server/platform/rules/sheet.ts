/** The kind of a cell in an exported table: it decides how a spreadsheet shows the value and how CSV writes it. */
export type CellKind = 'text' | 'count' | 'decimal' | 'share' | 'minutes' | 'moment' | 'minute' | 'day'
export type SheetCell = string | number | Date | null

export type Sheet = {
  /** The name of the tab, also used in a file of all tables. */
  name: string
  columns: readonly { label: string; kind: CellKind }[]
  rows: readonly (readonly (SheetCell | { value: SheetCell; kind: CellKind })[])[]
}

/** The same table with further columns whose text is the same in each row. */
export const withTold = (
  { name, columns, rows }: Sheet,
  told: readonly { label: string; cell: TypedCell }[],
): Sheet => ({
  name,
  columns: [...columns, ...told.map(({ label, cell }) => ({ label, kind: cell.kind }))],
  rows: rows.map((row) => [...columns.map((_, place) => row[place] ?? null), ...told.map(({ cell }) => cell)]),
})

/** A tab of text that describes the file, one row per item. */
export const textSheet = (name: string, labels: readonly string[], rows: Sheet['rows']): Sheet => ({
  name,
  columns: labels.map((label) => ({ label, kind: 'text' })),
  rows,
})

/** The time zone of the times in a file that does not say otherwise. */
export const sheetZone = 'Asia/Ho_Chi_Minh (UTC+7)'

/** The name of a tab has at most 31 characters, and none of those with a meaning in formulas. */
export const tabOf = (name: string): string =>
  name
    .replace(/[\\/?*[\]:]/g, ' ')
    .slice(0, 31)
    .trim()

export type TypedCell = { value: SheetCell; kind: CellKind }

/** A cell with its own kind, or that of its column. */
export function typedCell(sheet: Sheet, row: Sheet['rows'][number], column: number): TypedCell {
  const cell = row[column] ?? null
  if (cell !== null && typeof cell === 'object' && !(cell instanceof Date)) return cell
  return { value: cell, kind: sheet.columns[column]?.kind ?? 'text' }
}
