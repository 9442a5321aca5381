import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { countRows } from '../queries/count-rows.ts'
import { type CountedFrame, countedFrames } from '../queries/counted.ts'
import { stepOfHour, type Under } from '../queries/frames.ts'
import { backlogChanges } from '../queries/open.ts'
import { endOfTime } from '../queries/tallied.ts'
import { noBoardFilters } from '../rules/filters.ts'
import type { Subject } from '../rules/slices.ts'
import type { Tally } from '../rules/tally.ts'

/** The tallies into which a row is counted, by its day (as the number since 1970) and by what it is about. */
export type Into = (day: number, subject: Subject) => readonly Tally[]

type Rows = {
  /** Only rows that fulfil this. */
  narrowed?: SQL | undefined
  /** -1: subtracted. */
  weight?: 1 | -1
}

/** The rows of a time range as they are at the end of all time: those of the sums. */
export const atTheEnd = (from: Date, to: Date): Under => ({
  filters: noBoardFilters,
  actor: robot,
  span: { from, to, asOf: endOfTime, isPartial: false },
})
export const daysAtTheEnd = (firstDay: LocalDay, until: LocalDay): Under =>
  atTheEnd(startOfDay(firstDay), startOfDay(until))

const subjectOf = {
  ofAgency: { word: sql`coalesce(f.agency_id, '')` },
  ofArea: { number: sql`coalesce(f.area_id, 0)` },
  category: { word: sql`f.category_code` },
  channel: { word: sql`f.channel` },
  severity: { word: sql`f.severity` },
}

/** Counts the rows of every frame that adds up by days. */
export async function tallyRows(
  tx: Transaction,
  under: Under,
  { narrowed, weight = 1 }: Rows,
  into: Into,
): Promise<void> {
  for (const frame of Object.keys(countedFrames) as CountedFrame[]) {
    const more = { day: { number: stepOfHour(countedFrames[frame].hour, 'day') }, ...subjectOf }
    await countRows(tx, frame, under, { more, narrowed }, (row, columns, add) => {
      const at = <Value>(values: Value[]): Value => values[row] as Value
      const subject = {
        agency: at(columns.ofAgency),
        area: at(columns.ofArea),
        category: at(columns.category),
        channel: at(columns.channel),
        severity: at(columns.severity),
      }
      for (const tally of into(at(columns.day), subject)) add(tally, '', weight)
    })
  }
}

type Dimensions = {
  agency_id: string | null
  area_id: number | null
  category_code: string
  channel: string
  severity: string
}
const dimensions: readonly (keyof Dimensions)[] = ['agency_id', 'area_id', 'category_code', 'channel', 'severity']

/**
 * Counts by how many the backlog grew. `among`: the rows that are looked at, where it is not those of the time range.
 */
export async function tallyBacklog(
  tx: Transaction,
  under: Under,
  { narrowed, weight = 1, among }: Rows & { among?: SQL },
  into: Into,
): Promise<void> {
  const more = { by: dimensions, ...(narrowed && { narrowed }), ...(among && { among }) }
  const changes = await backlogChanges<Dimensions>(tx, under, 'day', more)
  for (const { step, change, agency_id, area_id, category_code: category, channel, severity } of changes) {
    if (change === 0) continue
    const subject = { agency: agency_id ?? '', area: area_id ?? 0, category, channel, severity }
    for (const tally of into(step, subject)) tally.add('step changes', '', 0, weight * change)
  }
}
