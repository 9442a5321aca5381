import type { Database, Sql, Transaction } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { monthAfter } from '../rules/period.ts'
import { wholeCity } from '../rules/slices.ts'
import { holdFigures } from './catch-up.ts'
import { type Share, sharesOfMonth, sumsOfDays, sumsOfMonth } from './sum-up.ts'

/** Counts every sum anew from the rows. Those of a month that differ are taken away: its rows are counted until it is filled again. */
export async function checkSums(db: Database): Promise<Check> {
  const { $client } = db as Database & { $client: Sql }
  const months = await $client<{ month: LocalDay }[]>`
    select distinct date_trunc('month', first_day)::date::text as month from figure_sums order by 1`
  const check = { compared: 0, failed: 0 }
  for (const { month } of months) {
    const found = await checkMonth(db, month)
    check.compared += found.compared
    check.failed += found.failed
  }
  return check
}

type Check = { compared: number; failed: number }

/** The days of the month, then share by share its slices: in transactions of their own, for whoever writes figures waits for each. */
async function checkMonth(db: Database, month: LocalDay): Promise<Check> {
  const check = { compared: 0, failed: 0 }
  for (const share of [null, ...sharesOfMonth]) {
    const found = await db.transaction((tx) => checkShare(tx, month, share))
    check.compared += found.compared
    check.failed += found.failed
    if (found.failed > 0) break
  }
  return check
}

async function checkShare(tx: Transaction, month: LocalDay, share: Share | null): Promise<Check> {
  const client = clientOf(tx)
  await holdFigures(client)
  const days = await client<{ day: LocalDay }[]>`select first_day::text as day from figure_sums
    where level = ${share ? 'month' : 'day'} and slice = ${wholeCity}
      and first_day >= ${month}::date and first_day < ${monthAfter(month)}::date order by first_day`
  const counted = share
    ? days.length > 0
      ? await sumsOfMonth(tx, month, share)
      : []
    : await sumsOfDays(
        tx,
        days.map(({ day }) => day),
      )
  const kept = await client<{ name: string; sums: string }[]>`
    select concat_ws(' ', slice, first_day) as name, sums from figure_sums
    where level = ${share ? 'month' : 'day'} and first_day >= ${month}::date and first_day < ${monthAfter(month)}::date
      and slice in ${client(['', ...counted.map(({ slice }) => slice)])}`
  const sumsOf = new Map(kept.map(({ name, sums }) => [name, sums]))
  const failed = counted.filter(({ slice, firstDay, sums }) => sumsOf.get(`${slice} ${firstDay}`) !== sums).length
  if (failed > 0) {
    await client`delete from figure_sums
      where first_day >= ${month}::date and first_day < ${monthAfter(month)}::date`
  }
  return { compared: counted.length, failed }
}
