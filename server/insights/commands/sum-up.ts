import { and, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { type figureSums, reportFacts } from '#db/schema/index.ts'
import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { settledByDay } from '../queries/settled.ts'
import { monthAfter, stepOf } from '../rules/period.ts'
import { type Settled, settleLater } from '../rules/settled.ts'
import { type SliceGroup, type Subject, sliceGroups, slicesOfDay, wholeCity } from '../rules/slices.ts'
import { emptySums, writeSums } from '../rules/sums.ts'
import { Tally } from '../rules/tally.ts'
import { daysAtTheEnd, type Into, tallyBacklog, tallyRows } from './tally-rows.ts'

export type FigureSum = typeof figureSums.$inferInsert

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
const sharesOfMonth = inParts({ category: 6, agency: 2, area: 2, channel: 2 })
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

/** In the order of the days; a slice of which nothing is counted has no sum, unless it is that of the whole city. */
function sumsOf(
  level: FigureSum['level'],
  firstDay: LocalDay,
  slices: ReadonlyMap<string, Tally>,
  settled: Settled,
): FigureSum[] {
  return [...slices].flatMap(([slice, tally]) => {
    const isWhole = slice === wholeCity
    const sums = writeSums(tally)
    return isWhole || sums !== emptySums ? [{ slice, level, firstDay, sums, settled: isWhole ? settled : null }] : []
  })
}

/** Adds up consecutive days, each of them for the whole city, the channels and the severities. */
export async function sumsOfDays(tx: Transaction, days: readonly LocalDay[]): Promise<FigureSum[]> {
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return []
  // A day without reports still gets a sum, so that it is known to have none.
  const byDay = new Map(days.map((day) => [stepOf(day, 'day'), { day, slices: new Map([[wholeCity, new Tally()]]) }]))
  await countRowsOf(tx, first, dayAfter(last), (step, subject) => {
    const slices = byDay.get(step)?.slices
    return slices ? slicesOfDay(subject).map((slice) => sliceAmong(slices, slice)) : []
  })
  const settled = Map.groupBy(await settledByDay(tx, daysAtTheEnd(first, dayAfter(last))), ({ day }) => day)
  return [...byDay].flatMap(([step, { day, slices }]) => sumsOf('day', day, slices, lastOf(settled.get(step) ?? [])))
}

/** By frame. */
export function lastOf(rows: readonly { frame: string; settled: number }[]): Settled {
  const settled: Settled = {}
  for (const row of rows) settleLater(settled, { [row.frame]: row.settled })
  return settled
}

export function sliceAmong(slices: Map<string, Tally>, name: string): Tally {
  const slice = slices.get(name) ?? new Tally()
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
  const slices = new Map<string, Tally>()
  const isCity = share.group === 'city'
  // A month without reports still gets a sum, so that it is known to have none.
  if (isCity) slices.set(wholeCity, new Tally())
  const slicesWith = sliceGroups[share.group]
  const into = (_: number, subject: Subject) => slicesWith(subject).map((name) => sliceAmong(slices, name))
  await countRowsOf(tx, month, monthAfter(month), into, { narrowed: isInShare(share), few })
  const settled = isCity ? lastOf(await settledByDay(tx, daysAtTheEnd(month, monthAfter(month)))) : {}
  return sumsOf('month', month, slices, settled)
}

/**
 * Counts the rows of a range of days, as they are at the end of all time, into the tallies that `into` names for each
 * row.
 */
async function countRowsOf(
  tx: Transaction,
  firstDay: LocalDay,
  until: LocalDay,
  into: Into,
  { narrowed, few = usualFew }: { narrowed?: SQL; few?: number } = {},
): Promise<void> {
  const isFew = await hasFew(tx, firstDay, until, few)
  for (let day = firstDay; day < until; ) {
    const next = dayAfter(day, daysOfMany)
    const end = isFew || next > until ? until : next
    await tallyRows(tx, daysAtTheEnd(day, end), { narrowed }, into)
    day = end
  }
  await tallyBacklog(tx, daysAtTheEnd(firstDay, until), { narrowed }, into)
}
