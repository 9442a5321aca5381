import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { hoursAheadOfUtc, type LocalDay } from '#server/platform/rules/local-day.ts'
import { run } from '../queries/run.ts'

/** Of each report what tells its rows from others, and the local days on which they count. */
export type RowsNow = ReadonlyMap<number, { rows: string; days: readonly LocalDay[] }>

/** The instants that put a row into a day. */
const momentsOf = {
  report_facts: sql`f.turns_at || array[f.received_at, f.standing_at, f.assigned_at, f.valid_from, f.valid_to]`,
  report_promises: sql`array[f.due_at, f.first_due_at]`,
  report_closes: sql`array[f.at, f.reopened_at]`,
  report_stays: sql`array[f.to_at]`,
} as const

export async function rowsNow(tx: Transaction, narrowed: SQL): Promise<RowsNow> {
  const ofTables = Object.entries(momentsOf).map(
    ([table, moments]) => sql`select f.report_id as "reportId", md5(f::text) as row,
      array(select (one.moment at time zone 'UTC' + make_interval(hours => ${sql.raw(String(hoursAheadOfUtc))}))::date::text
        from unnest(${moments}) as one(moment) where isfinite(one.moment)) as days
      from ${sql.raw(table)} f where ${narrowed}`,
  )
  const found = await run<{ reportId: number; row: string; days: LocalDay[] }>(
    tx,
    sql`${sql.join(ofTables, sql` union all `)} order by 1, 2`,
  )
  const reports = [...Map.groupBy(found, ({ reportId }) => reportId)].map(
    ([id, rows]) => [id, { rows: rows.map(({ row }) => row).join(), days: rows.flatMap(({ days }) => days) }] as const,
  )
  return new Map(reports)
}

export const daysIn = (reports: RowsNow): LocalDay[] => [...new Set([...reports.values()].flatMap(({ days }) => days))]

/** The days on which those reports count, or did before, of which some row is another one. */
export function daysOfReplaced(before: RowsNow, after: RowsNow): Set<LocalDay> {
  const days = new Set<LocalDay>()
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(id), after.get(id)]
    if (was?.rows === is?.rows) continue
    for (const day of [...(was?.days ?? []), ...(is?.days ?? [])]) days.add(day)
  }
  return days
}
