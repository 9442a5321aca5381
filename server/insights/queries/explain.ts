import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import type { Contribution, ExplainDimension, Explanation, Figure, GroupDimension, Verdict } from '../rules/board.ts'
import type { Tested } from '../rules/chance.ts'
import type { Measure } from '../rules/data-point.ts'
import { definitions, type GoodDirection, type HeadlineKpi, outcomeMeasures } from '../rules/definitions.ts'
import {
  dimensionsOf,
  type Explained,
  explainCount,
  explainMedian,
  explainShare,
  explainSlices,
  goodForPart,
  type Part,
  type Spread,
} from '../rules/explain.ts'
import { countFigure, durationFigure, mayStillChange, shareFigure } from '../rules/figures.ts'
import { type BoardFilters, momentAsked } from '../rules/filters.ts'
import { measureRules } from '../rules/measure-rules.ts'
import { type ResolvedPeriod, resolvePeriod } from '../rules/period.ts'
import { endless } from '../rules/tallied-figures.ts'
import { verdictsOn } from '../rules/verdict.ts'
import { readAsAsked } from './as-issued.ts'
import { answeredMinutes, closeMinutes } from './durations.ts'
import { type Key, type Minutes, testCountsOf, testMinutes, testSharesOf } from './explain-tests.ts'
import { agencyIn, agencyValue, rowsOf, type Under } from './frames.ts'
import { makeFresh } from './freshness.ts'
import { type Names, readNames } from './names.ts'
import { agencyOf, conditionOf, countOf } from './predicates.ts'
import { run } from './run.ts'

type Question = { filters: BoardFilters; kpi: HeadlineKpi; dimension: ExplainDimension; asOf: Date }
type Sides = { now: Under; previous: Under }
/** The parts of a change, and what a test says of each; null: they are not judged. */
type Parts = { parts: Explained<Key>[]; tested: (Tested | null)[] | null }

/** Which parts moved a headline figure between the two periods: their contributions sum to its change. */
export async function explainChange(ctx: Context, { filters, kpi, dimension, asOf }: Question): Promise<Explanation> {
  const { db, actor } = ctx
  await makeFresh(db)
  const period = resolvePeriod(filters, momentAsked(filters, asOf))
  const { comparedFrom, comparedTo, comparedAsOf } = period
  if (!comparedFrom || !comparedTo || !comparedAsOf || !dimensionsOf(kpi).includes(dimension))
    return { kpi, dimension, change: null, contributions: [] }
  const otherFilters = filters.compare === 'agency' ? { ...filters, agency: filters.comparedAgency } : filters
  const before = { ...period, from: comparedFrom, to: comparedTo, asOf: comparedAsOf }
  const names = await readNames(db)
  const explained = await readAsAsked(db, filters, ({ db: source, retold }) => {
    const sides: Sides = {
      now: { filters, actor, retold, span: period },
      previous: { filters: otherFilters, actor, retold, span: before },
    }
    return explain({ ctx: { ...ctx, db: source }, sides, period, names }, kpi, dimension)
  })
  if (!explained) return { kpi, dimension, change: null, contributions: [] }
  const { parts, tested } = explained
  const verdicts = verdictsOnParts(
    goodForPart(kpi, dimension),
    parts,
    mayStillChange(kpi, period.toDay, localDayOf(ctx.now())) ? null : tested,
  )
  return {
    kpi,
    dimension,
    change: parts.reduce((sum, { total }) => sum + total, 0),
    contributions: parts.map(
      (part, place): Contribution => ({
        ...part,
        ...keyAndName(part.key, dimension, names),
        verdict: verdicts[place] ?? null,
      }),
    ),
  }
}

/** Each part is judged by its own figure, not by what it contributes. */
function verdictsOnParts(good: GoodDirection, parts: Parts['parts'], tested: Parts['tested']): (Verdict | null)[] {
  if (!tested) return []
  return verdictsOn(
    parts.map(({ now, previous }, place) => ({
      tested: tested[place] ?? null,
      change: now.value === null || previous.value === null ? null : now.value - previous.value,
      good,
    })),
  )
}

type Asked = { ctx: Context; sides: Sides; period: ResolvedPeriod; names: Names }

async function explain(
  { ctx, sides, period, names }: Asked,
  kpi: HeadlineKpi,
  dimension: ExplainDimension,
): Promise<Parts | null> {
  const { unit, denominator } = definitions[kpi]
  if (dimension === 'outcome') {
    const parts = explainSlices(await outcomesIn(ctx, sides))
    return parts && { parts, tested: testSharesOf(parts) }
  }
  if (kpi === 'first_answer_median' || kpi === 'close_median') return explainDuration(ctx, sides, kpi, dimension)
  const counted = await partsIn(ctx, sides, kpi, dimension)
  if (unit === 'share' && denominator) {
    const parts = explainShare(counted)
    return parts && { parts, tested: testSharesOf(parts) }
  }
  const parts = explainCount(counted)
  if (sides.now.filters.compare === 'agency') return { parts, tested: null }
  return { parts, tested: await testCountsOf({ db: ctx.db, now: sides.now, period, names }, kpi, dimension, parts) }
}

/** Categories are explained by their groups. */
const columnOf: Record<GroupDimension, (agency: SQL) => SQL> = {
  agency: (agency) => agency,
  category: () => sql`(select coalesce(c.parent_code, c.code) from categories c where c.code = f.category_code)`,
  area: () => sql`f.area_id`,
}

async function countedBy({ db }: Context, under: Under, dimension: GroupDimension, measures: Measure[]) {
  const [first] = measures as [Measure, ...Measure[]]
  const agency = agencyOf(first, under)
  const { from, where } = rowsOf(measureRules[first].frame, under, agency)
  const key = columnOf[dimension](agencyValue(agency))
  const counts = measures.map((measure, place) => sql`${countOf(measure, under)} as ${sql.identifier(`n${place}`)}`)
  const rows = await run<{ key: Key; n0: number; n1?: number }>(
    db,
    measureRules[first].distinct
      ? onceEach({ from, where, key }, measures, under)
      : sql`select ${key} as key, ${sql.join(counts, sql`, `)} from ${from} where ${where} group by 1`,
  )
  return new Map(rows.map((row) => [row.key, row]))
}

/**
 * A report that was closed more than once counts once in the figure, so it counts in one part: that of its last close.
 * Otherwise the parts would sum to more than the whole.
 */
function onceEach({ from, where, key }: { from: SQL; where: SQL; key: SQL }, measures: Measure[], under: Under): SQL {
  const names = measures.map((_, place) => sql.identifier(`n${place}`))
  const holds = measures.map(
    (measure, place) => sql`bool_or(${conditionOf(measure, under) ?? sql`true`}) as ${names[place]}`,
  )
  const counts = names.map((name) => sql`count(*) filter (where r.${name})::int as ${name}`)
  return sql`select key, ${sql.join(counts, sql`, `)}
    from (select (array_agg(${key} order by f.number desc))[1] as key, ${sql.join(holds, sql`, `)}
      from ${from} where ${where} group by f.report_id) r group by 1`
}

async function partsIn(ctx: Context, sides: Sides, kpi: HeadlineKpi, dimension: GroupDimension): Promise<Part<Key>[]> {
  const { numerator, denominator } = definitions[kpi]
  const measures = denominator ? [numerator, denominator] : [numerator]
  const [now, previous] = await Promise.all([
    countedBy(ctx, sides.now, dimension, measures),
    countedBy(ctx, sides.previous, dimension, measures),
  ])
  const figure = (row: { n0: number; n1?: number } | undefined): Figure =>
    denominator ? shareFigure(row?.n0 ?? 0, row?.n1 ?? 0) : countFigure(row?.n0 ?? 0)
  return [...new Set([...now.keys(), ...previous.keys()])].map((key) => ({
    key,
    now: figure(now.get(key)),
    previous: figure(previous.get(key)),
  }))
}

/** Those handled by what their latest answers say, each of all received; those that neither period has are left out. */
async function outcomesIn({ db }: Context, sides: Sides): Promise<Part<Key>[]> {
  type Counts = Partial<Record<Measure, number>>
  const counts = (under: Under) => {
    const { from, where } = rowsOf('cohort', under)
    const columns = [...outcomes.map((outcome) => outcomeMeasures[outcome]), 'received' as const].map(
      (measure) => sql`${countOf(measure, under)} as ${sql.identifier(measure)}`,
    )
    return run<Counts>(db, sql`select ${sql.join(columns, sql`, `)} from ${from} where ${where}`)
  }
  const [[now], [previous]] = await Promise.all([counts(sides.now), counts(sides.previous)])
  return outcomes
    .map((outcome): Part<Key> => {
      const measure = outcomeMeasures[outcome]
      const figure = (row: Counts = {}) => shareFigure(row[measure] ?? 0, row.received ?? 0)
      return { key: outcome, now: figure(now), previous: figure(previous) }
    })
    .filter(({ now: { numerator }, previous: { numerator: then } }) => numerator > 0 || then > 0)
}

async function explainDuration(
  { db }: Context,
  sides: Sides,
  kpi: 'first_answer_median' | 'close_median',
  dimension: GroupDimension,
): Promise<Parts | null> {
  const read = async (under: Under) => {
    const { from, where } = rowsOf('cohort', under)
    const minutes = kpi === 'close_median' ? closeMinutes(under, 'minutes') : answeredMinutes(under)
    const rows = await run<Minutes>(
      db,
      sql`select key, minutes, count(*)::int as count from (select ${columnOf[dimension](agencyValue(agencyIn('cohort', under)))} as key,
        ${minutes} as minutes from ${from} where ${where}) c group by 1, 2 order by 2`,
    )
    return Map.groupBy(rows, ({ key }) => key)
  }
  const [now, previous] = await Promise.all([read(sides.now), read(sides.previous)])
  const keys = [...new Set([...now.keys(), ...previous.keys()])]
  const spreads = keys.map(
    (key): Spread<Key> => ({ key, now: spreadOf(now.get(key)), previous: spreadOf(previous.get(key)) }),
  )
  const parts = explainMedian(spreads)?.map(({ key, total }) => ({
    key,
    total,
    rate: total,
    mix: 0,
    now: medianFigure(now.get(key)),
    previous: medianFigure(previous.get(key)),
  }))
  return parts ? { parts, tested: parts.map(({ key }) => testMinutes(now.get(key), previous.get(key))) } : null
}

const reachedOf = (rows: readonly Minutes[]) => rows.filter(({ minutes }) => minutes !== endless)
const sumOf = (rows: readonly Minutes[]) => rows.reduce((sum, { count }) => sum + count, 0)

function spreadOf(rows: readonly Minutes[] = []): Spread<Key>['now'] {
  const come = reachedOf(rows)
  return { minutes: come.map(({ minutes, count }) => [minutes, count] as const), endless: sumOf(rows) - sumOf(come) }
}

function medianFigure(rows: readonly Minutes[] = []): Figure {
  const all = sumOf(rows)
  let seen = 0
  const median = rows.find(({ count }) => {
    seen += count
    return seen >= all / 2
  })
  return durationFigure(median && median.minutes !== endless ? median.minutes : null, sumOf(reachedOf(rows)), all)
}

function keyAndName(
  key: Key,
  dimension: ExplainDimension,
  names: Names,
): Pick<Contribution, 'key' | 'name' | 'nameEn'> {
  if (key === null) return { key: null, name: '', nameEn: '' }
  if (dimension === 'outcome') return { key: String(key), name: '', nameEn: '' }
  if (dimension === 'category') {
    const category = names.categories.get(String(key))
    return { key: String(key), name: category?.name ?? String(key), nameEn: category?.nameEn ?? String(key) }
  }
  const named = dimension === 'agency' ? names.agencies.get(String(key)) : names.areas.get(Number(key))
  const name = named?.name ?? String(key)
  return { key: String(key), name, nameEn: name }
}
