/** What a cell of an exported table holds: it decides how a spreadsheet shows it, and how CSV writes it. */
export type CellKind = 'text' | 'count' | 'share' | 'minutes' | 'moment' | 'minute' | 'day'
export type SheetCell = string | number | Date | null

export type Sheet = {
  /** The tab, and the name in a file of all tables. */
  name: string
  columns: readonly { label: string; kind: CellKind }[]
  rows: readonly (readonly (SheetCell | { value: SheetCell; kind: CellKind })[])[]
}

/** A tab of words: what a file is about, matter by matter. */
export const textSheet = (name: string, labels: readonly string[], rows: Sheet['rows']): Sheet => ({
  name,
  columns: labels.map((label) => ({ label, kind: 'text' })),
  rows,
})

/** Whose clock the times of a file are read on, where it says no more about them. */
export const sheetZone = 'Asia/Ho_Chi_Minh (UTC+7)'

/** A tab has 31 characters at most, and none of those that a formula would read. */
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
