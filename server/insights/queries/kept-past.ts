import { sql } from 'drizzle-orm'
import type { LRUCache } from 'lru-cache'
import type { Connection } from '#db/client.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { laterOf } from '../rules/period.ts'
import { wholeCity } from '../rules/slices.ts'
import type { Under } from './frames.ts'
import { run } from './run.ts'

type Past = {
  under: Under
  /** As `slicesUnder` gives them: with the agencies and categories that the filters cover now. */
  slices: readonly string[] | null
  /** Rows of before this do not count. */
  since: Date
  /** What else the result depends on. */
  more: unknown
}

/**
 * What was counted as of a moment that has passed is kept until a row of those days is written: the period that a board
 * is compared with is the same for everyone who looks at it, and the figures of a past board do not change. Only where
 * the account sees the whole city, as for sums. No reader may change the result. `compact` is called before it is kept.
 */
export async function keptPast<Result extends object>(
  db: Connection,
  kept: LRUCache<string, Result>,
  { under, slices, since, more }: Past,
  read: () => Promise<Result>,
  compact: (result: Result) => void = () => undefined,
): Promise<Result> {
  const { from, to, asOf, isPartial } = under.span
  // The period and what it is compared with are in the instants.
  const { period: _, compare: __, comparedAgency: ___, ...about } = under.filters
  const last = localDayOf(new Date(laterOf(to, asOf).getTime() - 1))
  const isOver = last < localDayOf(new Date())
  const versionNow = () => (isOver && slices ? versionOfDays(db, localDayOf(since), last) : null)
  const version = await versionNow()
  if (version === null) return read()
  const name = JSON.stringify([version, slices, about, from, to, asOf, isPartial, more])
  const known = kept.get(name)
  if (known) return known
  const result = await read()
  // Rows that were written meanwhile may be in it.
  if ((await versionNow()) === version) {
    compact(result)
    kept.set(name, result)
  }
  return result
}

/**
 * One text for all rows that count on these days, both included: it changes with every transaction that writes one of
 * them. Null where a day has no sum of the whole city, as today.
 */
async function versionOfDays(db: Connection, first: LocalDay, last: LocalDay): Promise<string | null> {
  const [row] = await run<{ isWhole: boolean; version: string }>(
    db,
    sql`select count(*) = ${last}::date - ${first}::date + 1 as "isWhole",
        md5(string_agg(xmin::text, ',' order by first_day)) as version
      from figure_sums where slice = ${wholeCity}::text and level = 'day' and first_day between ${first}::date and ${last}::date`,
  )
  return row?.isWhole ? row.version : null
}
