import type { PendingQuery, Row } from 'postgres'
import type { Sql } from '#db/client.ts'
import { hoursAheadOfUtc } from '#server/platform/rules/local-day.ts'

/**
 * Deletes the sums of every day on which these reports count, and of its month, in the transaction that writes their
 * rows: where very many reports are written, filling the sums again takes less time than changing them.
 */
export async function forgetSums(tx: Sql, among: PendingQuery<Row[]>): Promise<void> {
  await tx`
    with moments as (
        select unnest(turns_at || array[received_at, standing_at]) as at from report_facts where ${among}
        union select unnest(array[due_at, first_due_at]) from report_promises where ${among}
        union select unnest(array[at, reopened_at]) from report_closes where ${among}
        union select to_at from report_stays where ${among}),
      days as (select distinct (at at time zone 'UTC' + make_interval(hours => ${hoursAheadOfUtc}))::date as day from moments where isfinite(at))
    delete from figure_sums using days
    where (level = 'day' and first_day = day) or (level = 'month' and first_day = date_trunc('month', day)::date)`
}
