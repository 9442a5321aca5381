import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { log } from '#server/platform/log.ts'
import { dayAfter, type LocalDay } from '#server/platform/rules/local-day.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import type { CountedFrame } from '../queries/counted.ts'
import { rowsIn } from '../queries/relations.ts'
import { run } from '../queries/run.ts'
import { settledByDay } from '../queries/settled.ts'
import { endOfTime } from '../queries/tallied.ts'
import { dayOfStep, firstOfMonth, monthAfter } from '../rules/period.ts'
import { type Settled, settledAfter, settleLater, writeSettled } from '../rules/settled.ts'
import { type Subject, slicesOfDay, slicesOfMonth, wholeCity } from '../rules/slices.ts'
import { BelowZero } from '../rules/spread.ts'
import { changeSums, emptySums } from '../rules/sums.ts'
import type { Tally } from '../rules/tally.ts'
import { type Filled, filledAmong, filledSlices, type Level, nameOf } from './filled.ts'
import { forgetSums } from './forget-sums.ts'
import { daysIn, daysOfReplaced, type RowsNow, rowsNow } from './replaced-rows.ts'
import { lastOf, sliceAmong } from './sum-up.ts'
import { atTheEnd, daysAtTheEnd, tallyBacklog, tallyRows } from './tally-rows.ts'

/** What changes of the sums of a day or month: counts by slice, and by frame when the last row was settled. */
type Change = {
  level: Level
  firstDay: LocalDay
  filled: Filled
  slices: Map<string, Tally>
  removed: Settled
  added: Settled
}
type Changes = Map<string, Change>

/**
 * Replaces rows of reports, and subtracts from each sum what the old rows gave and adds what the new ones give, in the
 * caller's transaction, which holds the lock of the figures. The differences of all these reports are merged first:
 * each sum is read and written once, in the order of the days. Sums that do not exist stay absent. The sum of the whole
 * city is written for every day on which a replaced report counts, changed or not: readers recognise by it that rows of
 * that day were written. Where the sums cannot be changed, they are deleted: the rows are written in any case.
 */
export async function changeSumsWith(tx: Transaction, narrowed: SQL, replace: () => Promise<void>): Promise<void> {
  const changes: Changes = new Map()
  const before = await rowsNow(tx, narrowed)
  const isCounted = await succeeds(tx, (within) => tallyInto(changes, within, { narrowed, rows: before, weight: -1 }))
  await replace()
  const after = await rowsNow(tx, narrowed)
  const replaced = daysOfReplaced(before, after)
  const isChanged =
    isCounted &&
    (await succeeds(tx, async (within) => {
      await tallyInto(changes, within, { narrowed, rows: after, weight: 1 })
      await writeChanges(within, changes, replaced)
    }))
  if (!isChanged) await forgetSums(tx, replaced)
}

/** Replaces rows of reports, and deletes the sums of all days on which one counts of which some row is another one. */
export async function forgetSumsWith(tx: Transaction, narrowed: SQL, replace: () => Promise<void>): Promise<void> {
  const before = await rowsNow(tx, narrowed)
  await replace()
  await forgetSums(tx, daysOfReplaced(before, await rowsNow(tx, narrowed)))
}

/** Within a savepoint: after a statement that fails, the rows can still be written. */
async function succeeds(tx: Transaction, work: (within: Transaction) => Promise<void>): Promise<boolean> {
  try {
    await tx.transaction(work)
    return true
  } catch (error) {
    log.error({ err: error }, 'sums of figures could not be changed')
    return false
  }
}

async function writeChanges(tx: Transaction, changes: Changes, replaced: ReadonlySet<LocalDay>): Promise<void> {
  const months = new Set([...replaced].map(firstOfMonth))
  const written = [...changes.values()].filter(({ level, firstDay }) =>
    (level === 'day' ? replaced : months).has(firstDay),
  )
  for (const name of written.map(({ level, firstDay }) => nameOf(level, firstDay)).sort()) {
    await writeChange(tx, changes.get(name) as Change)
  }
}

type Tallying = { narrowed: SQL; rows: RowsNow; weight: 1 | -1 }

/** Counts the rows as they are now into the changes of the days and months that are added up. */
async function tallyInto(changes: Changes, tx: Transaction, { narrowed, rows, weight }: Tallying): Promise<void> {
  const filled = await filledAmong(tx, daysIn(rows))
  if (filled.size === 0) return
  // Also of days on which nothing is counted otherwise: their sums are written, so that readers see it.
  for (const day of daysIn(rows)) {
    changeOf(changes, filled, 'day', day)
    changeOf(changes, filled, 'month', firstOfMonth(day))
  }
  const within = atTheEnd(beginningOfTime, endOfTime)
  const changesOn = (step: number): Change[] => {
    const day = dayOfStep(step)
    return [changeOf(changes, filled, 'day', day), changeOf(changes, filled, 'month', firstOfMonth(day))].filter(
      (one) => one !== null,
    )
  }
  const into = (step: number, subject: Subject): Tally[] =>
    changesOn(step).flatMap(({ level, slices }) => slicesAt[level](subject).map((slice) => sliceAmong(slices, slice)))
  await tallyRows(tx, within, { narrowed, weight }, into)
  await tallyBacklog(tx, within, { narrowed, weight, among: rowsIn('facts', {}) }, into)
  for (const { day, frame, settled } of await settledByDay(tx, within, { narrowed })) {
    for (const { removed, added } of changesOn(day)) settleLater(weight < 0 ? removed : added, { [frame]: settled })
  }
}

const beginningOfTime = new Date('0001-01-01T00:00:00Z')
const slicesAt = { day: slicesOfDay, month: slicesOfMonth } as const

function changeOf(
  changes: Changes,
  filledNow: ReadonlyMap<string, Filled>,
  level: Level,
  firstDay: LocalDay,
): Change | null {
  const name = nameOf(level, firstDay)
  const filled = filledNow.get(name)
  if (!filled) return null
  const change = changes.get(name) ?? { level, firstDay, filled, slices: new Map(), removed: {}, added: {} }
  changes.set(name, change)
  return change
}

type Written = { slice: string; sums: string }
type Stored = Written & { settled: Settled | null }

async function writeChange(tx: Transaction, change: Change): Promise<void> {
  const { level, firstDay, filled, slices } = change
  const touched = [...slices].flatMap(([slice, tally]) => (tally.isEmpty() ? [] : [slice]))
  const names = new Set(await filledSlices(tx, touched, filled))
  if (filled === 'whole') names.add(wholeCity)
  if (names.size === 0) return
  const isHere = sql`level = ${level}::text and first_day = ${firstDay}::date`
  const known = await run<Stored>(
    tx,
    sql`select slice, sums, settled from figure_sums where ${isHere} and slice = any(${textArray([...names])})`,
  )
  const knownOf = new Map(known.map((one) => [one.slice, one]))
  try {
    const changed = [...names].sort().flatMap((slice) => {
      const [text = emptySums, tally] = [knownOf.get(slice)?.sums, slices.get(slice)]
      const sums = tally?.isEmpty() === false ? changeSums(text, tally) : text
      return sums === text ? [] : [{ slice, sums }]
    })
    const settled = filled === 'whole' ? await settledNow(tx, change, knownOf.get(wholeCity)?.settled ?? null) : null
    await store(tx, isHere, change, changed, settled)
  } catch (error) {
    if (!(error instanceof BelowZero)) throw error
    // They did not contain what was counted before: a defect, and until they are filled again the rows are counted.
    log.error({ err: error, level, firstDay }, 'sums of figures were wrong')
    await run(tx, sql`delete from figure_sums where ${isHere}`)
  }
}

/** Writes the sum of the whole city in any case: its version says that rows of these days were written. */
async function store(
  tx: Transaction,
  isHere: SQL,
  { level, firstDay }: Change,
  changed: readonly Written[],
  settled: Settled | null,
): Promise<void> {
  const isGone = ({ slice, sums }: Written) => sums === emptySums && slice !== wholeCity
  const gone = changed.filter(isGone).map(({ slice }) => slice)
  const kept = changed.filter((one) => !isGone(one))
  const last = sql`${settled && writeSettled(settled)}::text::jsonb`
  if (gone.length > 0) await run(tx, sql`delete from figure_sums where ${isHere} and slice = any(${textArray(gone)})`)
  if (kept.length > 0) {
    const [slices, sums] = [kept.map((one) => one.slice), kept.map((one) => one.sums)]
    await run(
      tx,
      sql`insert into figure_sums (slice, level, first_day, sums, settled)
        select one.slice, ${level}::text, ${firstDay}::date, one.sums, case one.slice when ${wholeCity}::text then ${last} end
        from unnest(${textArray(slices)}, ${textArray(sums)}) as one(slice, sums)
        on conflict (slice, level, first_day) do update set sums = excluded.sums, settled = excluded.settled`,
    )
  }
  if (settled && !kept.some(({ slice }) => slice === wholeCity)) {
    await run(tx, sql`update figure_sums set settled = ${last} where ${isHere} and slice = ${wholeCity}::text`)
  }
}

/**
 * Where the row that was settled last is gone, the rows are read. So they are where the sum does not say: a process of
 * before this was kept with it may still have filled it.
 */
async function settledNow(
  tx: Transaction,
  { level, firstDay, ...rows }: Change,
  stored: Settled | null,
): Promise<Settled> {
  const until = level === 'day' ? dayAfter(firstDay) : monthAfter(firstDay)
  const read = async (among?: Parameters<typeof settledByDay>[2]) =>
    lastOf(await settledByDay(tx, daysAtTheEnd(firstDay, until), among))
  if (!stored) return read()
  const { known, unknown } = settledAfter(stored, rows)
  return unknown.length === 0 ? known : { ...known, ...(await read({ names: unknown as CountedFrame[] })) }
}
