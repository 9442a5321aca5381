import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import type { figureSums } from '#db/schema/index.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { type CountedFrame, countedFrames, countRows } from '../queries/counted.ts'
import { stepOfHour, type Under } from '../queries/frames.ts'
import { backlogChanges } from '../queries/open.ts'
import { endOfTime } from '../queries/tallied.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { monthAfter, stepOf } from '../rules/period.ts'
import { type Subject, slicesWith, wholeCity } from '../rules/slices.ts'
import { type Settled, Tally, writeSums } from '../rules/tally.ts'

export type FigureSum = typeof figureSums.$inferInsert
type Summed = { tally: Tally; settled: Settled }

const summed = (): Summed => ({ tally: new Tally(), settled: {} })

const sumOf = (
  slice: string,
  level: FigureSum['level'],
  firstDay: LocalDay,
  { tally, settled }: Summed,
): FigureSum => ({
  slice,
  level,
  firstDay,
  sums: writeSums(tally, settled),
})

/** Adds up days that follow one another, each of them for the whole city. */
export async function sumsOfDays(tx: Transaction, days: readonly LocalDay[]): Promise<FigureSum[]> {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return []
  const byDay = new Map(days.map((day) => [stepOf(day, 'day'), { day, one: summed() }]))
  await countRowsOf(tx, first, dayAfter(last), (day) => {
    const found = byDay.get(day)
    return found ? [found.one] : []
  })
  return [...byDay.values()].map(({ day, one }) => sumOf(wholeCity, 'day', day, one))
}

/** Adds up a month, slice by slice. */
export async function sumsOfMonth(tx: Transaction, month: LocalDay): Promise<FigureSum[]> {
  const slices = new Map([[wholeCity, summed()]])
  await countRowsOf(tx, month, monthAfter(month), (_, subject) =>
    slicesWith(subject).map((name) => {
      const slice = slices.get(name) ?? summed()
      slices.set(name, slice)
      return slice
    }),
  )
  return [...slices].map(([slice, one]) => sumOf(slice, 'month', month, one))
}

/** Counts every row of a stretch of days, as it stands at the end of all time, into what `into` names for it. */
async function countRowsOf(
  tx: Transaction,
  firstDay: LocalDay,
  until: LocalDay,
  into: (day: number, subject: Subject) => Summed[],
): Promise<void> {
  const span = { from: startOfDay(firstDay), to: startOfDay(until), asOf: endOfTime, isPartial: false }
  const under: Under = { filters: noBoardFilters, actor: robot, span }
  for (const frame of Object.keys(countedFrames) as CountedFrame[]) await countFrame(tx, under, frame, into)
  const changes = await backlogChanges<Record<(typeof dimensions)[number], string | null>>(tx, under, 'day', dimensions)
  for (const { step, change, ...by } of changes) {
    const [agency = '', category = '', channel = '', severity = ''] = dimensions.map((name) => by[name] ?? '')
    for (const { tally } of into(step, { agency, category, channel, severity }))
      tally.add('step changes', '', 0, change)
  }
}

const dimensions = ['agency_id', 'category_code', 'channel', 'severity'] as const
const settledSecond = sql`ceil(extract(epoch from least(f.settled_at, ${endOfTime.toISOString()}::timestamptz)))::bigint`

async function countFrame(
  tx: Transaction,
  under: Under,
  frame: CountedFrame,
  into: (day: number, subject: Subject) => Summed[],
): Promise<void> {
  const more = {
    day: { number: stepOfHour(countedFrames[frame].hour, 'day') },
    settled: { number: settledSecond },
    ofAgency: { word: sql`coalesce(f.agency_id, '')` },
    category: { word: sql`f.category_code` },
    channel: { word: sql`f.channel` },
    severity: { word: sql`f.severity` },
  }
  await countRows(tx, frame, under, { more }, (row, columns, add) => {
    const at = <Value>(values: Value[]): Value => values[row] as Value
    const subject = {
      agency: at(columns.ofAgency),
      category: at(columns.category),
      channel: at(columns.channel),
      severity: at(columns.severity),
    }
    for (const one of into(at(columns.day), subject)) {
      add(one.tally, '', 1)
      one.settled[frame] = Math.max(one.settled[frame] ?? 0, at(columns.settled))
    }
  })
}
