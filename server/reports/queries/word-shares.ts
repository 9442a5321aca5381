import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { keptAWhile } from '#server/platform/kept-a-while.ts'

const freshness = 10 * 60_000

/** The share of all reports that contain a word; 0 for an unknown word. */
export type WordShares = ReadonlyMap<string, number>

/**
 * For the thousand most common words of the search text, from the statistics of PostgreSQL; re-read from time to time.
 */
export const wordShares = keptAWhile(freshness, read)

async function read(db: Database): Promise<WordShares> {
  // After the shares of the words come the lowest and the highest of them, which belong to no word.
  const rows = await db.execute<{ word: string; share: number }>(sql`
    select word, share from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) as one(word, share)
    where schemaname = 'public' and tablename = 'report_search' and attname = 'words' and word is not null`)
  return new Map(rows.map(({ word, share }) => [word, Number(share)]))
}
