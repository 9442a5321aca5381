import { sql } from 'drizzle-orm'
import type { Database, Sql, Transaction } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { monthAfter } from '../rules/period.ts'
import { type Settled, writeSettled } from '../rules/settled.ts'
import { wholeCity } from '../rules/slices.ts'
import { holdFigures } from './catch-up.ts'
import { type Share, sharesToFill, slicesInShare, sumsOfDays, sumsOfMonth } from './sum-up.ts'

/**
 * Recounts every sum from the rows: none may differ, be missing or be left over. The sums of a month that differ are
 * deleted: its rows are counted until it is filled again. `few`: a month of at most so many reports has fewer shares.
 */
export async function checkSums(db: Database, few?: number): Promise<Check> {
  const { $client } = db as Database & { $client: Sql }
  const months = await $client<{ month: LocalDay }[]>`
    select distinct date_trunc('month', first_day)::date::text as month from figure_sums order by 1`
  const check = { compared: 0, failed: 0 }
  for (const { month } of months) {
    const found = await checkMonth(db, month, few)
    check.compared += found.compared
    check.failed += found.failed
  }
  return check
}

type Check = { compared: number; failed: number }

/**
 * The days of the month, then share by share its slices: in separate transactions, because every writer of figures
 * waits for each of them.
 */
async function checkMonth(db: Database, month: LocalDay, few: number | undefined): Promise<Check> {
  const check = { compared: 0, failed: 0 }
  const shares = await db.transaction((tx) => sharesToFill(tx, month, few))
  for (const share of [null, ...shares]) {
    const found = await db.transaction((tx) => checkShare(tx, month, share))
    check.compared += found.compared
    check.failed += found.failed
    if (found.failed > 0) break
  }
  return check
}

type Kept = { slice: string; firstDay: LocalDay; sums: string; settled?: Settled | null | undefined }

async function checkShare(tx: Transaction, month: LocalDay, share: Share | null): Promise<Check> {
  const client = clientOf(tx)
  await holdFigures(client)
  const kept = [
    ...(await tx.execute<Kept>(sql`
      select slice, first_day::text as "firstDay", sums, settled from figure_sums
      where level = ${share ? 'month' : 'day'} and first_day >= ${month}::date and first_day < ${monthAfter(month)}::date
        and ${share ? slicesInShare(share) : sql`true`}
      order by first_day`)),
  ]
  if (share && !(await isFilled(tx, month))) return { compared: 0, failed: 0 }
  const days = kept.filter(({ slice }) => slice === wholeCity).map(({ firstDay }) => firstDay)
  const counted = share ? await sumsOfMonth(tx, month, share) : await sumsOfDays(tx, days)
  const nameOf = ({ slice, firstDay }: { slice: string; firstDay: LocalDay }) => `${slice} ${firstDay}`
  const textOf = ({ sums, settled }: Pick<Kept, 'sums' | 'settled'>) => `${sums} ${settled && writeSettled(settled)}`
  const keptOf = new Map(kept.map((sum) => [nameOf(sum), textOf(sum)]))
  const differing = counted.filter((sum) => keptOf.get(nameOf(sum)) !== textOf(sum)).length
  // A sum of a slice without reports would never be recounted, and shown all the same.
  const known = new Set(counted.map(nameOf))
  const surplus = kept.filter((sum) => !known.has(nameOf(sum))).length
  const failed = differing + surplus
  if (failed > 0) {
    await client`delete from figure_sums
      where first_day >= ${month}::date and first_day < ${monthAfter(month)}::date`
  }
  return { compared: counted.length, failed }
}

/** Until the sum of the whole city exists, the slices of a month are still being filled, and no one reads them. */
async function isFilled(tx: Transaction, month: LocalDay): Promise<boolean> {
  const known = await tx.execute(sql`
    select from figure_sums where level = 'month' and slice = ${wholeCity} and first_day = ${month}::date`)
  return known.length > 0
}
