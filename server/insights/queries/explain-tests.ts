import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { GroupDimension } from '../rules/board.ts'
import { daysCompared } from '../rules/board-verdicts.ts'
import { type Tested, testCounts, testDurations, testShares } from '../rules/chance.ts'
import type { Measure } from '../rules/data-point.ts'
import { definitions, type HeadlineKpi } from '../rules/definitions.ts'
import type { Explained } from '../rules/explain.ts'
import { sideOf } from '../rules/figures.ts'
import { measureRules } from '../rules/measure-rules.ts'
import type { ResolvedPeriod } from '../rules/period.ts'
import { scatterOfMoments, scattersOf } from '../rules/scatter.ts'
import { Spread } from '../rules/spread.ts'
import { spansIn, weeksBefore } from '../rules/weeks-before.ts'
import { agencyValue, rowsOf, type Under } from './frames.ts'
import type { Names } from './names.ts'
import { agencyOf, countOf } from './predicates.ts'
import { run } from './run.ts'

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

/** The same of counts: each part by how it scattered in the weeks before. */
export async function testCountsOf(
  counting: Counting,
  kpi: HeadlineKpi,
  dimension: GroupDimension,
  parts: readonly Explained<Key>[],
): Promise<(Tested | null)[]> {
  const before = await partsBefore(counting, kpi, dimension)
  const weeks = weeksBefore(counting.period)
  if (!before || !weeks) return parts.map(() => null)
  const counts = parts.map(({ key }) => before(key))
  const scatters = isOfMoment(kpi) ? counts.map(scatterOfMoments) : scattersOf(counts, weeks)
  const { days, daysThen } = isOfMoment(kpi) ? { days: 1, daysThen: 1 } : daysCompared(counting.period)
  return parts.map(({ now: { numerator: count }, previous: { numerator: countThen } }, place) =>
    testCounts({ count, days }, { count: countThen, days: daysThen }, scatters[place] ?? null),
  )
}

const isOfMoment = (kpi: HeadlineKpi): boolean => measureRules[definitions[kpi].numerator].frame === 'open'

/**
 * How many of each part there were in each week before, as they were told apart at its end: like the figures that are
 * judged by it. A report that was passed on since counts for the agency that had it then, or for none. Null: the city
 * had not begun by then.
 */
export async function partsBefore(
  { db, now, period, names }: Counting,
  kpi: HeadlineKpi,
  dimension: GroupDimension,
): Promise<((key: Key) => number[]) | null> {
  const weeks = weeksBefore(period)
  if (!weeks) return null
  const eachWeek: Map<Key, number>[] = []
  for (const { from, to } of spansIn(isOfMoment(kpi) ? { ...weeks, days: 7 } : weeks)) {
    const span = { ...period, from, to, asOf: to, isPartial: false }
    const counts = new Map<Key, number>()
    for (const { key, count } of await countsBy(db, { ...now, span }, definitions[kpi].numerator, dimension)) {
      const part = dimension === 'category' ? groupOf(key, names) : key
      counts.set(part, (counts.get(part) ?? 0) + count)
    }
    eachWeek.push(counts)
  }
  return (key) => eachWeek.map((counts) => counts.get(key) ?? 0)
}

const groupOf = (code: Key, { categories }: Names): Key => categories.get(String(code))?.parentCode ?? code

function countsBy(db: Database, under: Under, measure: Measure, dimension: GroupDimension) {
  const agency = agencyOf(measure, under)
  const { from, where } = rowsOf(measureRules[measure].frame, under, agency)
  const key = { agency: agencyValue(agency), category: sql`f.category_code`, area: sql`f.area_id` }[dimension]
  return run<{ key: Key; count: number }>(
    db,
    sql`select ${key} as key, ${countOf(measure, under)} as count from ${from} where ${where} group by 1`,
  )
}
