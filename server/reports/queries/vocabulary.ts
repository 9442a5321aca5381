import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { keptAWhile } from '#server/platform/kept-a-while.ts'

const looksAt = 10_000
const freshness = 10 * 60_000

/**
 * The folded words of the newest reports, with the number of reports that use each: mistyped words are compared with
 * them. Gathering takes a tenth of a second, so each process caches the result for a while.
 */
export const vocabulary = keptAWhile(freshness, gather)

async function gather(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db.execute<{ word: string; reports: number }>(sql`
    select word, ndoc as reports
    from ts_stat(${`select words from report_search order by report_id desc limit ${looksAt}`})
    where word ~ '^[a-z]{2,16}$'`)
  return new Map(rows.map(({ word, reports }) => [word, reports]))
}
