import { type SQL, sql } from 'drizzle-orm'
import type { DayRange } from './rules/filters/day-range.ts'
import { type Filters, type FilterValues, setNames } from './rules/filters/filters.ts'
import { dayAfter, startOfDay } from './rules/local-day.ts'

type Set<Value> = Exclude<Value, null>

/** The condition of each filter, asked only where it is set. A filter without one does not compile. */
export type FilterSql<F extends Filters, Asker, Result = SQL | undefined> = {
  readonly [N in keyof F]: (value: Set<F[N]['empty']>, asker: Asker) => Result
}

export function filterConditions<F extends Filters, Asker, Record extends FilterSql<F, Asker, unknown>>(
  filters: F,
  sqlOf: Record,
  values: FilterValues<F>,
  asker: Asker,
): ReturnType<Record[keyof F]>[] {
  return setNames(filters, values).map(
    (name) => sqlOf[name](values[name] as Set<F[typeof name]['empty']>, asker) as ReturnType<Record[keyof F]>,
  )
}

/** Within local days, both included. */
export function within(instant: SQL, { from, to }: DayRange): SQL {
  const parts = [
    from === null ? [] : [sql`${instant} >= ${startOfDay(from).toISOString()}::timestamptz`],
    to === null ? [] : [sql`${instant} < ${startOfDay(dayAfter(to)).toISOString()}::timestamptz`],
  ].flat()
  return sql`(${sql.join(parts, sql` and `)})`
}
