import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Database, Sql, Transaction } from '#db/client.ts'
import { CopyBuffer } from '#db/copy.ts'
import { clientOf } from '#db/prepared.ts'
import { figureSums } from '#db/schema/index.ts'
import { type Pace, withoutRest } from '#server/platform/pace.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { bucketsOf, firstOfMonth, monthAfter } from '../rules/period.ts'
import { wholeCity } from '../rules/slices.ts'
import { holdFigures } from './catch-up.ts'
import { isMark } from './filled.ts'
import { type FigureSum, type Share, sharesToFill, sumsOfDays, sumsOfMonth } from './sum-up.ts'

/** `pace`: called between two transactions; by default the work is done at once. */
type Filling = { onMonth?: (month: LocalDay) => void; pace?: Pace }
/** `few`: up to how many reports a month is added up in one go. */
type FillingMonths = Filling & { few?: number }

/**
 * Adds up every day that is over and has no sums, a few at a time, each few in a separate transaction: a run that was
 * broken off continues where it stopped, and memory does not grow with the city. No one writes rows meanwhile.
 */
export async function fillDays(db: Database, now: Date, { onMonth, pace = withoutRest }: Filling = {}): Promise<void> {
  const known = await knownSums(db)
  for (const month of await monthsUntil(db, now)) {
    for (const days of runsOf(daysOver(month, now), (day) => known.has(`day ${day}`))) {
      await db.transaction(async (tx) => {
        await holdFigures(clientOf(tx))
        await writeSums(clientOf(tx), await sumsOfDays(tx, days))
      })
      if (!(await pace())) return
    }
    onMonth?.(month)
  }
}

/**
 * The same for months, share by share of their slices. Until a month has all its sums, its days or its rows are
 * counted.
 */
export async function fillMonths(
  db: Database,
  now: Date,
  { onMonth, few, pace = withoutRest }: FillingMonths = {},
): Promise<void> {
  const known = await knownSums(db)
  for (const month of await monthsUntil(db, now)) {
    if (isOver(month, now) && !known.has(`month ${month}`)) await fillMonth(db, month, few)
    if (!(await pace())) return
    onMonth?.(month)
  }
}

/**
 * The mark says which shares are filled: a transaction that writes rows of the month meanwhile changes their sums, and
 * leaves the others to the process that fills. One that writes very many rows deletes the sums filled so far, and with
 * them the mark: then the month is left for another time. Several processes may fill it at once, each under a separate
 * mark.
 */
async function fillMonth(db: Database, month: LocalDay, few: number | undefined): Promise<void> {
  const mark = `filling ${randomUUID()}`
  const shares = await db.transaction(async (tx) => (await markMonth(tx, month, mark)) && sharesToFill(tx, month, few))
  for (const share of shares || []) {
    if (!(await db.transaction((tx) => fillShare(tx, { month, mark, share, few })))) return
    // No rest within a month: while it is half filled, each change of its rows costs more.
    await nextTurn()
  }
}

/** Not where the sums exist already: no mark is left beside the sums of a complete month. */
async function markMonth(tx: Transaction, month: LocalDay, mark: string): Promise<boolean> {
  const client = clientOf(tx)
  await holdFigures(client)
  if ((await slicesAt(client, month, wholeCity)).length > 0) return false
  await client`insert into figure_sums (slice, level, first_day, sums) values (${mark}, 'month', ${month}::date, '[]')`
  return true
}

type OneShare = { month: LocalDay; mark: string; share: Share; few: number | undefined }

async function fillShare(tx: Transaction, { month, mark, share, few }: OneShare): Promise<boolean> {
  const client = clientOf(tx)
  await holdFigures(client)
  const [marked] = await slicesAt(client, month, mark)
  if (!marked) return false
  await writeSums(client, await sumsOfMonth(tx, month, share, few))
  if (share.group === 'city') {
    await tx.execute(sql`delete from figure_sums where level = 'month' and first_day = ${month}::date and ${isMark}`)
  } else {
    const filled = JSON.stringify([...JSON.parse(marked.sums), share])
    await client`update figure_sums set sums = ${filled} where slice = ${mark} and level = 'month' and first_day = ${month}::date`
  }
  return true
}

const slicesAt = (tx: Sql, month: LocalDay, slice: string) => tx<{ sums: string }[]>`
  select sums from figure_sums where slice = ${slice} and level = 'month' and first_day = ${month}::date`

async function writeSums(client: Sql, sums: readonly FigureSum[]): Promise<void> {
  const [{ level, firstDay: from } = { level: 'day', firstDay: '' }] = sums
  if (sums.length === 0) return
  // A broken-off run may have left some; another process may have filled them a moment ago.
  await client`delete from figure_sums where level = ${level} and slice in ${client(sums.map(({ slice }) => slice))}
    and first_day between ${from}::date and ${sums.at(-1)?.firstDay ?? from}::date`
  const buffer = new CopyBuffer(figureSums)
  for (const sum of sums) buffer.add(sum)
  await buffer.send(client)
}

/** From the month of the first report up to the current month. */
async function monthsUntil(db: Database, now: Date): Promise<LocalDay[]> {
  const { $client } = db as Database & { $client: Sql }
  const [range] = await $client<{ first: Date | null }[]>`select min(received_at) as first from report_facts`
  const months: LocalDay[] = []
  const last = localDayOf(now)
  for (let month = firstOfMonth(localDayOf(range?.first ?? now)); month <= last; month = monthAfter(month)) {
    months.push(month)
  }
  return months
}

async function knownSums(db: Database): Promise<Set<string>> {
  const { $client } = db as Database & { $client: Sql }
  const rows = await $client<{ known: string }[]>`
    select level || ' ' || first_day as known from figure_sums where slice = ${wholeCity}`
  return new Set(rows.map((row) => row.known))
}

const isOver = (month: LocalDay, now: Date): boolean => startOfDay(monthAfter(month)) <= now

/** The days of the month that are over. */
const daysOver = (month: LocalDay, now: Date): LocalDay[] =>
  bucketsOf(month, dayAfter(monthAfter(month), -1), 'day')
    .map(({ from }) => from)
    .filter((day) => startOfDay(dayAfter(day)) <= now)

/** The days that are not skipped, in runs of consecutive days. */
function runsOf(days: readonly LocalDay[], isSkipped: (day: LocalDay) => boolean): LocalDay[][] {
  const runs: LocalDay[][] = []
  let isGoingOn = false
  for (const day of days) {
    if (isSkipped(day)) {
      isGoingOn = false
      continue
    }
    if (isGoingOn) runs.at(-1)?.push(day)
    else runs.push([day])
    isGoingOn = true
  }
  return runs
}
