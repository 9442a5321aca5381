import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { ExplainDimension } from '../rules/board.ts'
import { daysCompared } from '../rules/board-verdicts.ts'
import { type Tested, testCounts, testDurations, testShares } from '../rules/chance.ts'
import { definitions, type HeadlineKpi } from '../rules/definitions.ts'
import type { Explained } from '../rules/explain.ts'
import { sideOf } from '../rules/figures.ts'
import type { ResolvedPeriod } from '../rules/period.ts'
import { Spread } from '../rules/spread.ts'
import { type ByDay, countsIn, openIn, weeksBefore } from '../rules/weeks-before.ts'
import { rowsOf, stepOfHour, type Under } from './frames.ts'
import type { Names } from './names.ts'
import { backlogChanges } from './open.ts'
import { run } from './run.ts'
import { spanOf } from './weeks-before.ts'

export type Key = string | number | null
/** How many reports of a part took this many minutes. */
export type Minutes = { key: Key; minutes: number; count: number }

/** What the tests say of each part, where parts of a share are compared. */
export const testSharesOf = (parts: readonly Explained<Key>[]): (Tested | null)[] =>
  parts.map(({ now, previous }) => testShares(sideOf(now), sideOf(previous)))

export function testMinutes(now: readonly Minutes[] = [], previous: readonly Minutes[] = []): Tested | null {
  return testDurations(spreadOf(now), spreadOf(previous))
}

function spreadOf(rows: readonly Minutes[]): Spread {
  const spread = new Spread()
  for (const { minutes, count } of rows) spread.add(minutes, count)
  return spread
}

type Counting = { db: Database; now: Under; period: ResolvedPeriod; names: Names }

/** The same of counts: each part by how it scattered itself in the weeks before. */
export async function testCountsOf(
  { db, now, period, names }: Counting,
  kpi: HeadlineKpi,
  dimension: ExplainDimension,
  parts: readonly Explained<Key>[],
): Promise<(Tested | null)[]> {
  const weeks = weeksBefore(period)
  if (!weeks) return parts.map(() => null)
  const isBacklog = definitions[kpi].numerator === 'backlog'
  const rows = isBacklog
    ? await changesBefore(db, spanOf(now, weeks, period.to), dimension)
    : await receivedBefore(db, spanOf(now, weeks, period.from), dimension)
  const byPart = Map.groupBy(rows, ({ key }) => (dimension === 'category' ? groupOf(key, names) : key))
  const { days, daysThen } = isBacklog ? { days: 1, daysThen: 1 } : daysCompared(period)
  return parts.map(({ key, now: { numerator: count }, previous: { numerator: countThen } }) => {
    const known = byDay(byPart.get(key))
    const before = isBacklog ? openIn(weeks, count, known) : countsIn(weeks, known)
    return testCounts({ count, days }, { count: countThen, days: daysThen }, before)
  })
}

type Row = { key: Key; step: number; count: number }

const columnOf = { agency: 'agency_id', category: 'category_code', area: 'area_id' } as const

const groupOf = (code: Key, { categories }: Names): Key => categories.get(String(code))?.parentCode ?? code

function byDay(rows: readonly Row[] = []): ByDay {
  const days = new Map<number, number>()
  for (const { step, count } of rows) days.set(step, (days.get(step) ?? 0) + count)
  return days
}

function receivedBefore(db: Database, before: Under, dimension: ExplainDimension): Promise<Row[]> {
  const { from, where } = rowsOf('cohort', before)
  return run<Row>(
    db,
    sql`select ${sql.raw(`f.${columnOf[dimension]}`)} as key, ${stepOfHour(sql`f.received_hour`, 'day')} as step,
      count(*)::int as count from ${from} where ${where} group by 1, 2`,
  )
}

async function changesBefore(db: Database, before: Under, dimension: ExplainDimension): Promise<Row[]> {
  const column = columnOf[dimension]
  const rows = await backlogChanges<Record<string, Key>>(db, before, 'day', { by: [column] })
  return rows.map(({ step, change: count, ...key }) => ({ key: key[column] ?? null, step, count }))
}
