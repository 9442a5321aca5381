import { and, type SQL, sql } from 'drizzle-orm'
import type { DayRange } from './rules/filters/day-range.ts'
import { type Filters, type FilterValues, isSet, namesOf } from './rules/filters/filters.ts'
import type { Filter } from './rules/filters/kinds.ts'
import { dayAfter, startOfDay } from './rules/local-day.ts'
import { fold } from './rules/text.ts'

type Set<Value> = Exclude<Value, null>

/** The condition of each filter. A filter without one does not compile. */
export type FilterSql<F extends Filters, Asker, Result = SQL | undefined> = {
  readonly [N in keyof F]: (value: Set<F[N]['empty']>, asker: Asker) => Result
}

/** Only filters that narrow add a condition; the usual value of a `one` filter narrows as well. */
const narrows = (filter: Filter, value: unknown): boolean =>
  isSet(filter, value) || (filter.kind === 'one' && filter.empty !== null)

export function filterConditions<F extends Filters, Asker, Record extends FilterSql<F, Asker, unknown>>(
  filters: F,
  sqlOf: Record,
  values: FilterValues<F>,
  asker: Asker,
): ReturnType<Record[keyof F]>[] {
  return namesOf(filters)
    .filter((name) => narrows(filters[name] as Filter, values[name]))
    .map((name) => sqlOf[name](values[name] as Set<F[typeof name]['empty']>, asker) as ReturnType<Record[keyof F]>)
}

/** Each word occurs somewhere in the text, regardless of accents. */
export function containing(text: SQL, words: string): SQL | undefined {
  const patterns = fold(words)
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  return and(...patterns.map((pattern) => sql`fold_text(${text}) like ${pattern}`))
}

/** Within local days, both included. */
export function within(instant: SQL, { from, to }: DayRange): SQL {
  const parts = [
    from === null ? [] : [sql`${instant} >= ${startOfDay(from).toISOString()}::timestamptz`],
    to === null ? [] : [sql`${instant} < ${startOfDay(dayAfter(to)).toISOString()}::timestamptz`],
  ].flat()
  return sql`(${sql.join(parts, sql` and `)})`
}
