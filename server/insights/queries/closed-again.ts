import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Measure } from '../rules/mark.ts'
import type { Grain } from '../rules/period.ts'
import { closeParts } from '../rules/tallied-figures.ts'
import type { Tally } from '../rules/tally.ts'
import { readColumns } from './columns.ts'
import { hourOf, rowsOf, stepOfHour, type Under } from './frames.ts'
import { rules } from './predicates.ts'

const perReport = [
  'closed_reports',
  'reopened',
  'reopened_by_citizen',
  'reopened_by_staff',
  'answered_reports',
] as const
const perRow = ['closes', 'rated', 'rated_content'] as const

/**
 * Counts what was closed, opened again and perhaps closed again: a report counts once in the period, and once in each step of it, so
 * these do not add up by days. They are few.
 */
export async function countClosedAgain(db: Database, under: Under, grain: Grain, tally: Tally): Promise<void> {
  const { from, where } = rowsOf('closes', under)
  const number = (measure: Measure): { number: SQL } => ({
    number: sql`coalesce((${rules[measure].where?.(under) ?? sql`true`})::int, 0)`,
  })
  const columns = await readColumns(
    db,
    // As the partial index has it.
    { from, where: sql`${where} and (f.number > 1 or f.reopened_at is not null)` },
    {
      step: { number: stepOfHour(hourOf(sql`f.at`), grain) },
      report: { number: sql`f.report_id` },
      rating: { word: sql`coalesce(f.rating, '')` },
      closed_reports: number('closed_reports'),
      reopened: number('reopened'),
      reopened_by_citizen: number('reopened_by_citizen'),
      reopened_by_staff: number('reopened_by_staff'),
      answered_reports: number('answered_reports'),
      closes: number('closes'),
      rated: number('rated'),
      rated_content: number('rated_content'),
    },
  )
  const seen = new Map<string, Map<number, number>>()
  for (let row = 0; row < columns.rows; row += 1) {
    const step = String(columns.step[row])
    const report = columns.report[row] as number
    const places = [
      ['closes', ''],
      ['step closes', step],
    ] as const
    for (const [place, key] of places) {
      for (const measure of perRow) tally.add(place, key, closeParts[measure], columns[measure][row] as number)
      const reports = seen.get(key) ?? new Map<number, number>()
      seen.set(key, reports)
      let counted = reports.get(report) ?? 0
      for (const measure of perReport) {
        const bit = 1 << closeParts[measure]
        if (columns[measure][row] === 0 || (counted & bit) !== 0) continue
        counted |= bit
        tally.add(place, key, closeParts[measure], 1)
      }
      reports.set(report, counted)
    }
    if (columns.rated[row] === 1) tally.add('rating', columns.rating[row] as string, 0, 1)
  }
}
