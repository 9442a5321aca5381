import type { Database, Sql } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { monthAfter } from '../rules/period.ts'
import { holdFigures } from './catch-up.ts'
import { sumsOfDays, sumsOfMonth } from './sum-up.ts'

/** Counts every sum anew from the rows. Those of a month that differ are taken away: its rows are counted until it is filled again. */
export async function checkSums(db: Database): Promise<{ compared: number; failed: number }> {
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

function checkMonth(db: Database, month: LocalDay): Promise<{ compared: number; failed: number }> {
  return db.transaction(async (tx) => {
    const client = clientOf(tx)
    await holdFigures(client)
    const kept = await client<{ level: 'day' | 'month'; day: LocalDay; name: string; sums: string }[]>`
      select level, first_day::text as day, concat_ws(' ', slice, level, first_day) as name, sums from figure_sums
      where first_day >= ${month}::date and first_day < ${monthAfter(month)}::date order by first_day`
    const days = kept.filter(({ level }) => level === 'day').map(({ day }) => day)
    const counted = [
      ...(await sumsOfDays(tx, days)),
      ...(kept.some(({ level }) => level === 'month') ? await sumsOfMonth(tx, month) : []),
    ]
    const sumsOf = new Map(counted.map(({ slice, level, firstDay, sums }) => [`${slice} ${level} ${firstDay}`, sums]))
    const failed = kept.filter(({ name, sums }) => sumsOf.get(name) !== sums).length
    if (failed > 0) {
      await client`delete from figure_sums
        where first_day >= ${month}::date and first_day < ${monthAfter(month)}::date`
    }
    return { compared: kept.length, failed }
  })
}
