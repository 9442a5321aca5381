import { and, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { type figureSums, reportFacts } from '#db/schema/index.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { type Columns, readColumns } from '../queries/columns.ts'
import { countRows } from '../queries/count-rows.ts'
import { type Counted, type CountedFrame, countedFrames } from '../queries/counted.ts'
import { stepOfHour, type Under } from '../queries/frames.ts'
import { backlogChanges } from '../queries/open.ts'
import { endOfTime } from '../queries/tallied.ts'
import { supersededWithin } from '../queries/unsettled.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { monthAfter, stepOf } from '../rules/period.ts'
import { type SliceGroup, type Subject, sliceGroups, slicesOfDay, wholeCity } from '../rules/slices.ts'
import { type Settled, writeSums } from '../rules/sums.ts'
import { Tally } from '../rules/tally.ts'

export type FigureSum = typeof figureSums.$inferInsert
type Summed = { tally: Tally; settled: Settled }

/** Some of the slices of a month, added up in one go. */
export type Share = { group: SliceGroup; part: number; of: number }

const partsOf = (group: SliceGroup, of: number): Share[] =>
  Array.from({ length: of }, (_, part) => ({ group, part, of }))

const inParts = (parts: Record<Exclude<SliceGroup, 'city'>, number>): readonly Share[] => [
  ...partsOf('category', parts.category),
  ...partsOf('agency', parts.agency),
  ...partsOf('area', parts.area),
  ...partsOf('channel', parts.channel),
  // Last, so that a month that has the sums of the whole city has those of every slice.
  ...partsOf('city', 1),
]

/** With many rows, some slices at a time: this bounds both the memory and the time for which the figures are locked. */
export const sharesOfMonth = inParts({ category: 6, agency: 2, area: 2, channel: 2 })
const sharesOfFew = inParts({ category: 1, agency: 1, area: 1, channel: 1 })

/** Days whose rows are in memory at once, where they have many. */
const daysOfMany = 4
/** Reports up to which a range of days is read in one go: the fixed cost of the statements outweighs the rows. */
const usualFew = 5_000

export async function sharesToFill(tx: Transaction, month: LocalDay, few = usualFew): Promise<readonly Share[]> {
  return (await hasFew(tx, month, monthAfter(month), few)) ? sharesOfFew : sharesOfMonth
}

async function hasFew(tx: Transaction, firstDay: LocalDay, until: LocalDay, few: number): Promise<boolean> {
  const beyond = await tx
    .select({ id: reportFacts.reportId })
    .from(reportFacts)
    .where(and(gte(reportFacts.receivedAt, startOfDay(firstDay)), lt(reportFacts.receivedAt, startOfDay(until))))
    .orderBy(reportFacts.receivedAt)
    .offset(few)
    .limit(1)
  return beyond.length === 0
}

const sharedBy: Record<SliceGroup, SQL> = {
  category: sql`f.category_code`,
  agency: sql`coalesce(f.agency_id, '')`,
  area: sql`coalesce(f.area_id, 0)::text`,
  channel: sql`f.channel`,
  city: sql`''`,
}

/** Each value is in exactly one of the parts. */
const isInShare = ({ group, part, of }: Share): SQL =>
  sql`abs(hashtext(${sharedBy[group]})::bigint) % ${sql.raw(String(of))} = ${sql.raw(String(part))}`

/**
 * The same for slices by their names, as `rules/slices.ts` writes them: those that belong to a share, and no others.
 */
export function slicesInShare({ group, part, of }: Share): SQL {
  const { isOfGroup, shared } = sharedByName[group]
  return sql`(${isOfGroup} and abs(hashtext(${shared})::bigint) % ${sql.raw(String(of))} = ${sql.raw(String(part))})`
}

const sharedByName: Record<SliceGroup, { isOfGroup: SQL; shared: SQL }> = {
  category: {
    isOfGroup: sql`slice not like '* %' and slice not like 'agency %' and slice not like 'area %'`,
    shared: sql`split_part(slice, ' ', 1)`,
  },
  channel: { isOfGroup: sql`slice like '* %' and slice not like '* * %'`, shared: sql`split_part(slice, ' ', 2)` },
  agency: { isOfGroup: sql`slice like 'agency %'`, shared: sql`substr(slice, 8)` },
  area: { isOfGroup: sql`slice like 'area %'`, shared: sql`substr(slice, 6)` },
  city: { isOfGroup: sql`slice like '* * %'`, shared: sql`''` },
}

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

/** Adds up consecutive days, each of them for the whole city, the channels and the severities. */
export async function sumsOfDays(tx: Transaction, days: readonly LocalDay[]): Promise<FigureSum[]> {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return []
  // A day without reports still gets a sum, so that it is known to have none.
  const byDay = new Map(days.map((day) => [stepOf(day, 'day'), { day, slices: new Map([[wholeCity, summed()]]) }]))
  await countRowsOf(tx, first, dayAfter(last), (step, subject) => {
    const slices = byDay.get(step)?.slices
    return slices ? slicesOfDay(subject).map((slice) => sliceAmong(slices, slice)) : []
  })
  return [...byDay.values()].flatMap(({ day, slices }) =>
    [...slices].map(([slice, one]) => sumOf(slice, 'day', day, one)),
  )
}

function sliceAmong(slices: Map<string, Summed>, name: string): Summed {
  const slice = slices.get(name) ?? summed()
  slices.set(name, slice)
  return slice
}

/** Adds up one share of the slices of a month. */
export async function sumsOfMonth(
  tx: Transaction,
  month: LocalDay,
  share: Share,
  few = usualFew,
): Promise<FigureSum[]> {
  const slices = new Map<string, Summed>()
  // A month without reports still gets a sum, so that it is known to have none.
  if (share.group === 'city') slices.set(wholeCity, summed())
  const slicesWith = sliceGroups[share.group]
  const into = (_: number, subject: Subject) => slicesWith(subject).map((name) => sliceAmong(slices, name))
  await countRowsOf(tx, month, monthAfter(month), into, { narrowed: isInShare(share), few })
  return [...slices].map(([slice, one]) => sumOf(slice, 'month', month, one))
}

type Into = (day: number, subject: Subject) => Summed[]

/**
 * Counts the rows of a range of days, as they are at the end of all time, into the tallies that `into` names for each
 * row.
 */
async function countRowsOf(
  tx: Transaction,
  firstDay: LocalDay,
  until: LocalDay,
  into: Into,
  { narrowed = sql`true`, few = usualFew }: { narrowed?: SQL; few?: number } = {},
): Promise<void> {
  const isFew = await hasFew(tx, firstDay, until, few)
  for (let day = firstDay; day < until; ) {
    const next = dayAfter(day, daysOfMany)
    const end = isFew || next > until ? until : next
    const under = underOf(day, end)
    for (const frame of Object.keys(countedFrames) as CountedFrame[]) {
      await countFrame(tx, under, { frame, narrowed }, into)
    }
    day = end
  }
  const changes = await backlogChanges<Dimensions>(tx, underOf(firstDay, until), 'day', { by: dimensions, narrowed })
  for (const { step, change, agency_id, area_id, category_code: category, channel, severity } of changes) {
    const subject = { agency: agency_id ?? '', area: area_id ?? 0, category, channel, severity }
    for (const { tally } of into(step, subject)) tally.add('step changes', '', 0, change)
  }
}

function underOf(firstDay: LocalDay, until: LocalDay): Under {
  const span = { from: startOfDay(firstDay), to: startOfDay(until), asOf: endOfTime, isPartial: false }
  return { filters: noBoardFilters, actor: robot, span }
}

type Dimensions = {
  agency_id: string | null
  area_id: number | null
  category_code: string
  channel: string
  severity: string
}
const dimensions: readonly (keyof Dimensions)[] = ['agency_id', 'area_id', 'category_code', 'channel', 'severity']
const settledSecond = sql`ceil(extract(epoch from least(f.settled_at, ${endOfTime.toISOString()}::timestamptz)))::bigint`

async function countFrame(
  tx: Transaction,
  under: Under,
  { frame, narrowed }: { frame: CountedFrame; narrowed: SQL },
  into: Into,
): Promise<void> {
  const more = {
    day: { number: stepOfHour(countedFrames[frame].hour, 'day') },
    settled: { number: settledSecond },
    ofAgency: { word: sql`coalesce(f.agency_id, '')` },
    ofArea: { number: sql`coalesce(f.area_id, 0)` },
    category: { word: sql`f.category_code` },
    channel: { word: sql`f.channel` },
    severity: { word: sql`f.severity` },
  }
  const sumsWith = (columns: Columns<typeof more>, row: number): Summed[] => {
    const at = <Value>(values: Value[]): Value => values[row] as Value
    const subject = {
      agency: at(columns.ofAgency),
      area: at(columns.ofArea),
      category: at(columns.category),
      channel: at(columns.channel),
      severity: at(columns.severity),
    }
    const sums = into(at(columns.day), subject)
    for (const { settled } of sums) settled[frame] = Math.max(settled[frame] ?? 0, at(columns.settled))
    return sums
  }
  await countRows(tx, frame, under, { more, narrowed }, (row, columns, add) => {
    for (const { tally } of sumsWith(columns, row)) add(tally, '', 1)
  })
  // What does not count at the end may have counted before: until then the sum is not settled.
  const counted: Counted = countedFrames[frame]
  const { from, where } = supersededWithin(counted.frame, under, counted.at)
  const superseded = await readColumns(tx, { from, where: and(where, narrowed) as SQL }, more)
  for (let row = 0; row < superseded.rows; row += 1) sumsWith(superseded, row)
}
