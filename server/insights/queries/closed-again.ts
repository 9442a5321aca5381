import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Grain } from '../rules/period.ts'
import { closeParts } from '../rules/tallied-figures.ts'
import type { Tally } from '../rules/tally.ts'
import { readColumns } from './columns.ts'
import { hourOf, rowsOf, stepOfHour, type Under } from './frames.ts'
import { isContent, rules } from './predicates.ts'

const perReport = [
  'closed_reports',
  'reopened',
  'reopened_by_citizen',
  'reopened_by_staff',
  'answered_reports',
] as const

/**
 * Counts what was closed, opened again and perhaps closed again: a report counts once in the period, and once in each step of it, so
 * these do not add up by days. They are few.
 */
export async function countClosedAgain(db: Database, under: Under, grain: Grain, tally: Tally): Promise<void> {
  const { from, where } = rowsOf('closes', under)
  const columns = await readColumns(
    db,
    // As the partial index has it.
    { from, where: sql`${where} and (f.number > 1 or f.reopened_at is not null)` },
    {
      step: { number: stepOfHour(hourOf(sql`f.at`), grain) },
      report: { number: sql`f.report_id` },
      rating: { word: sql`coalesce(f.rating, '')` },
      holds: bits(perReport, under),
      // Asked once for both of the measures: what was rated later is looked up for each row.
      rated: { number: sql`coalesce((${rules.rated.where?.(under)})::int * (1 + (${isContent})::int), 0)` },
    },
  )
  const whole = new Once(tally.partsOf('closes', ''))
  const steps = new Map<number, Once>()
  for (let row = 0; row < columns.rows; row += 1) {
    const at = (values: readonly number[]): number => values[row] as number
    const step = steps.get(at(columns.step)) ?? new Once(tally.partsOf('step closes', String(at(columns.step))))
    steps.set(at(columns.step), step)
    for (const one of [whole, step]) {
      one.add(closeParts.closes, 1)
      if (at(columns.rated) > 0) one.add(closeParts.rated, 1)
      if (at(columns.rated) > 1) one.add(closeParts.rated_content, 1)
      one.addOnce(at(columns.report), at(columns.holds))
    }
    if (at(columns.rated) > 0) tally.add('rating', columns.rating[row] as string, 0, 1)
  }
}

/** One number for all of them: a bit for each measure that the row counts in. */
const bits = (measures: typeof perReport, under: Under): { number: SQL } => ({
  number: sql.join(
    measures.map((measure) => {
      const bit = sql.raw(String(1 << closeParts[measure]))
      return sql`coalesce((${rules[measure].where?.(under) ?? sql`true`})::int, 0) * ${bit}`
    }),
    sql` + `,
  ),
})

/** The parts of a place, with what each report has been counted for there: a bit for each. */
class Once {
  readonly #counted = new Map<number, number>()
  readonly #parts: number[]

  constructor(parts: number[]) {
    this.#parts = parts
  }

  add(part: number, count: number): void {
    this.#parts[part] = (this.#parts[part] ?? 0) + count
  }

  addOnce(report: number, holds: number): void {
    const counted = this.#counted.get(report) ?? 0
    const isNew = holds & ~counted
    if (isNew === 0) return
    this.#counted.set(report, counted | holds)
    for (const measure of perReport) if (isNew & (1 << closeParts[measure])) this.add(closeParts[measure], 1)
  }
}
