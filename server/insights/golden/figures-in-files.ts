import { outcomes } from '#server/reports/rules/outcome.ts'
import type { ExportCard } from '../rules/board-export.ts'
import type { DataPoint } from '../rules/data-point.ts'
import { commitmentFates, handledParts } from '../rules/definitions.ts'
import type { Mark } from '../rules/marks.ts'
import { countedIn } from './data-points-of-board.ts'

type Columns = Record<string, readonly number[]>

/** Where the table of a card has the number of each measure; some are the sum of two columns. */
const shares = (first: number): Columns => ({
  received: [first],
  handled: [first + 1, first + 2],
  promises_due: [first + 7],
  promises_kept: [first + 8],
  backlog: [first + 10],
})
const parts = (first: number): Columns => Object.fromEntries(handledParts.map((part, place) => [part, [first + place]]))
const columns: Partial<Record<ExportCard, Columns>> = {
  flow: { received: [2], closes: [3], reopenings: [4] },
  handled: { received: [2], handled: [3, 4], ...parts(3), matured: [8], matured_handled: [9], unmatured: [10] },
  coming: { coming_due: [2], 'coming_due urgent': [3] },
  agencies: shares(2),
  categories: shares(2),
  areas: shares(2),
  channels: shares(1),
  ageing: { backlog: [2] },
  stays: { stays: [3] },
  forwarding: { forwarded: [3], first_given: [4] },
  moves: { moved: [2] },
  missed: { promises_missed: [1] },
  ratings: { rated: [1] },
}

const columnOf = ({ measure, by }: DataPoint) => (by?.severity ? `${measure} ${by.severity}` : measure)

/** The numbers of a card row by row, as its marks have them; rows of nothing but zeros are left out. */
export function rowsOfMarks(card: ExportCard, marks: readonly Mark[]): string[] {
  if (card === 'hours' || card === 'parts' || card === 'outcomes' || card === 'commitments')
    return [marks.map(({ count }) => count).join(' ')]
  if (card === 'kpis')
    return marks.flatMap(({ shown }) => {
      if (shown.as !== 'kpi') return []
      const { value, numerator, denominator, isHidden } = shown.kpi
      return [rowOf([value, isHidden ? null : numerator, denominator])]
    })
  const names = Object.keys(columns[card] ?? {})
  const rows = new Map<string, Map<string, number>>()
  for (const { dataPoint, count } of marks.flatMap(countedIn)) {
    const { severity: _, ...cell } = dataPoint.by ?? {}
    const row = rows.get(JSON.stringify(cell)) ?? new Map<string, number>()
    rows.set(JSON.stringify(cell), row.set(columnOf(dataPoint), count))
  }
  return withoutEmpty([...rows.values()].map((row) => names.map((name) => row.get(name) ?? 0)))
}

/** The same as its table has them; the first row are the headings. */
export function rowsOfTable(card: ExportCard, [, ...rows]: readonly (readonly string[])[]): string[] {
  if (card === 'hours')
    return [Array.from({ length: 168 }, (_, hour) => rows[hour % 24]?.[1 + Math.floor(hour / 24)]).join(' ')]
  if (card === 'parts') return [handledParts.map((_, place) => rows[place]?.[1]).join(' ')]
  if (card === 'outcomes') return [outcomes.map((_, place) => rows[place]?.[1]).join(' ')]
  if (card === 'commitments') return [commitmentFates.map((_, place) => rows[place]?.[1]).join(' ')]
  if (card === 'kpis') return rows.map((row) => rowOf([row[1], row[3], row[4]]))
  const places = Object.values(columns[card] ?? {})
  return withoutEmpty(rows.map((row) => places.map((of) => of.reduce((sum, place) => sum + Number(row[place]), 0))))
}

const rowOf = (cells: readonly (string | number | null | undefined)[]): string =>
  cells.map((cell) => (cell === null || cell === '' ? '–' : Number(cell).toFixed(6))).join(' ')

const withoutEmpty = (rows: readonly (readonly number[])[]): string[] =>
  rows
    .filter((row) => row.some((number) => number !== 0))
    .map((row) => row.join(' '))
    .sort()
