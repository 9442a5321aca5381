import { or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import { run } from '../queries/run.ts'
import { firstOfMonth } from '../rules/period.ts'
import { wholeCity } from '../rules/slices.ts'
import { type Share, slicesInShare } from './sum-up.ts'

/**
 * Which slices of a day or month are added up: all of them, or of a month that is being filled some shares. A slice
 * that is added up and has no sum has no reports.
 */
export type Filled = 'whole' | readonly Share[]
export type Level = 'day' | 'month'
export const nameOf = (level: Level, firstDay: LocalDay): string => `${level} ${firstDay}`

/**
 * Marks a month as being filled, and says of which shares: `Share[]` as JSON is its text. One that a process of an
 * earlier version made has no text.
 */
export const isMark = sql`slice ~ '^filling [0-9a-f-]{36}$'`

/** What is added up of these days and of their months, by name; nothing of the others. */
export async function filledAmong(tx: Transaction, days: readonly LocalDay[]): Promise<Map<string, Filled>> {
  const months = [...new Set(days.map(firstOfMonth))]
  const whole = await run<{ level: Level; firstDay: LocalDay }>(
    tx,
    sql`select level, first_day::text as "firstDay" from figure_sums where slice = ${wholeCity}::text
      and ((level = 'day' and first_day = any(${textArray(days)}::date[]))
        or (level = 'month' and first_day = any(${textArray(months)}::date[])))`,
  )
  const filled = new Map<string, Filled>(whole.map(({ level, firstDay }) => [nameOf(level, firstDay), 'whole']))
  const others = months.filter((month) => !filled.has(nameOf('month', month)))
  if (others.length === 0) return filled
  const marks = await run<{ firstDay: LocalDay; shares: string }>(
    tx,
    sql`select first_day::text as "firstDay", sums as shares from figure_sums
      where level = 'month' and first_day = any(${textArray(others)}::date[]) and ${isMark}`,
  )
  for (const [month, each] of Map.groupBy(marks, ({ firstDay }) => firstDay)) {
    filled.set(
      nameOf('month', month),
      each.flatMap(({ shares }): Share[] => JSON.parse(shares || '[]')),
    )
  }
  return filled
}

/** Of these slices those that are added up. */
export async function filledSlices(tx: Transaction, slices: readonly string[], filled: Filled): Promise<string[]> {
  if (filled === 'whole') return [...slices]
  if (filled.length === 0) return []
  const found = await run<{ slice: string }>(
    tx,
    sql`select slice from unnest(${textArray(slices)}) as one(slice) where ${or(...filled.map(slicesInShare))}`,
  )
  return found.map(({ slice }) => slice)
}
