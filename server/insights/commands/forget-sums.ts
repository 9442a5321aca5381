import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import { run } from '../queries/run.ts'
import { firstOfMonth } from '../rules/period.ts'

/** Deletes the sums of these days and of their months: until they are filled again the rows are counted. */
export async function forgetSums(tx: Transaction, days: ReadonlySet<LocalDay>): Promise<void> {
  if (days.size === 0) return
  const months = new Set([...days].map(firstOfMonth))
  await run(
    tx,
    sql`delete from figure_sums where (level = 'day' and first_day = any(${textArray([...days])}::date[]))
      or (level = 'month' and first_day = any(${textArray([...months])}::date[]))`,
  )
}
