import { and, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { type Counted, type CountedFrame, countedFrames } from './counted.ts'
import { frames, hourOf, kinds, moment, stepOfHour, type Under } from './frames.ts'
import { run } from './run.ts'

type Among = {
  /** Only rows that fulfil this. */
  narrowed?: SQL | undefined
  names?: readonly CountedFrame[]
}
const allNames = Object.keys(countedFrames) as CountedFrame[]

/**
 * When the last of the rows of each day and frame was settled, in whole seconds, within the time range. Every row is
 * looked at, also those that do not count at the end of all time: they may have counted before, and until then a sum is
 * not settled. Most indexes contain the instant that puts a row into a period beside that at which it is settled.
 */
export function settledByDay(db: Connection, under: Under, { narrowed, names = allNames }: Among = {}) {
  const { from, to, asOf } = under.span
  const parts = names.map((name) => {
    const { frame, at }: Counted = countedFrames[name]
    const column = sql.raw(`f.${at}`)
    const isWithin = sql`${column} >= ${moment(from)} and ${column} < ${moment(to)}`
    const last = sql`least(max(f.settled_at), ${moment(asOf)})`
    return sql`select ${sql.raw(`'${name}'`)} as frame, ${stepOfHour(hourOf(column), 'day')} as day,
      ceil(extract(epoch from ${last}))::float8 as settled
      from ${frames[frame].table(under)} where ${and(kinds[frame], isWithin, narrowed)} group by 2`
  })
  return run<{ frame: CountedFrame; day: number; settled: number }>(db, sql.join(parts, sql` union all `))
}
