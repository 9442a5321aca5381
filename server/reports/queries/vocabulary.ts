import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'

const looksAt = 10_000
const freshness = 10 * 60_000
const kept = new WeakMap<Database, { at: number; words: Promise<ReadonlyMap<string, number>> }>()

/**
 * The folded words of the newest reports, with the number of reports that use each: what a mistyped word is compared with.
 * Gathering takes a tenth of a second, so each process keeps it for a while.
 */
export async function vocabulary({ db, now }: Pick<Context, 'db' | 'now'>): Promise<ReadonlyMap<string, number>> {
  const at = now().getTime()
  const known = kept.get(db)
  if (known && Math.abs(at - known.at) < freshness) return known.words
  const words = gather(db)
  kept.set(db, { at, words })
  words.catch(() => kept.delete(db))
  return words
}

async function gather(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db.execute<{ word: string; reports: number }>(sql`
    select word, ndoc as reports
    from ts_stat(${`select words from report_search order by report_id desc limit ${looksAt}`})
    where word ~ '^[a-z]{2,16}$'`)
  return new Map(rows.map(({ word, reports }) => [word, reports]))
}
