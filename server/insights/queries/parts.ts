import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Rating } from '#server/reports/rules/lifecycle.ts'
import { ratings } from '#server/reports/rules/lifecycle.ts'
import type { Measure } from '../rules/mark.ts'
import type { Grain } from '../rules/period.ts'
import { type Frame, hourOf, rowsOf, stepOfHour, type Under } from './frames.ts'
import { countOf, rules } from './predicates.ts'
import { run } from './run.ts'

const selected = (measures: readonly Measure[], under: Under): SQL =>
  sql.join(
    measures.map((measure) => sql`${countOf(measure, under)} as ${sql.identifier(measure)}`),
    sql`, `,
  )

type Counts<Name extends Measure> = Record<Name, number>

/** The counts of one frame, together and step by step where a grain is given. */
async function countsOf<Name extends Measure>(
  db: Database,
  frame: Frame,
  under: Under,
  measures: readonly Name[],
  step: SQL | null,
): Promise<{ whole: Counts<Name>; steps: (Counts<Name> & { step: number })[] }> {
  const { from, where } = rowsOf(frame, under)
  const key = step ?? sql`0`
  const rows = await run<Counts<Name> & { step: number | null; is_whole: boolean }>(
    db,
    sql`select ${step ? sql`grouping(step) = 1` : sql`true`} as is_whole, ${step ? sql`step` : sql`null::int as step`}, ${selected(measures, under)}
      from (select f.*, ${key} as step from ${from} where ${where}) f
      group by grouping sets (${step ? sql`(), (step)` : sql`()`})`,
  )
  const whole = rows.find((row) => row.is_whole)
  return {
    whole: whole ?? (Object.fromEntries(measures.map((measure) => [measure, 0])) as Counts<Name>),
    steps: rows.filter((row) => !row.is_whole) as (Counts<Name> & { step: number })[],
  }
}

const closeMeasures = [
  'closes',
  'closed_reports',
  'reopened',
  'reopened_by_citizen',
  'reopened_by_staff',
  'answered_reports',
  'rated',
  'rated_content',
] as const satisfies readonly Measure[]

/** What was closed in the period and what became of it. */
export const closesOf = (db: Database, under: Under, grain: Grain | null) =>
  countsOf(db, 'closes', under, closeMeasures, grain && stepOfHour(hourOf(sql`f.at`), grain))

export const reopeningsOf = (db: Database, under: Under, grain: Grain) =>
  countsOf(db, 'reopenings', under, ['reopenings'], stepOfHour(hourOf(sql`f.reopened_at`), grain))

export const firstPromisesOf = (db: Database, under: Under) =>
  countsOf(db, 'firstDue', under, ['first_promises_due', 'first_promises_kept'], null)

export const intakesOf = (db: Database, under: Under) =>
  countsOf(db, 'intakes', under, ['intakes_due', 'intakes_kept', 'intakes_missed'], null)

/** Ratings of the period's answers, one by one. */
export async function ratingsOf(db: Database, under: Under): Promise<{ rating: Rating; count: number }[]> {
  const { from, where } = rowsOf('closes', under)
  const rows = await run<{ rating: Rating; count: number }>(
    db,
    sql`select f.rating, count(*)::int as count from ${from} where ${where} and ${rules.rated.where?.(under)} group by 1`,
  )
  return ratings.map((rating) => ({ rating, count: rows.find((row) => row.rating === rating)?.count ?? 0 }))
}

const promiseMeasures = [
  'promises_due',
  'promises_kept',
  'promises_missed',
  'closed_promises',
  'closed_promises_kept',
] as const satisfies readonly Measure[]
export type PromiseCounts = Counts<(typeof promiseMeasures)[number]>
type PromiseCell<Key> = PromiseCounts & { key: Key }
export type Promises = {
  whole: PromiseCounts
  steps: PromiseCell<number>[]
  agencies: PromiseCell<string | null>[]
  categories: PromiseCell<string>[]
  areas: PromiseCell<number | null>[]
  channels: PromiseCell<string>[]
  levels: PromiseCell<number>[]
}

export const promiseTotals = (db: Database, under: Under) => countsOf(db, 'due', under, promiseMeasures, null)

/** The promises that fell due, by each dimension: one pass. */
export async function promisesBy(db: Database, under: Under, grain: Grain): Promise<Promises> {
  const { from, where } = rowsOf('due', under)
  type Row = PromiseCounts & {
    place: number
    step: number
    agency_id: string | null
    category_code: string
    area_id: number | null
    channel: string
    level: number
  }
  const rows = await run<Row>(
    db,
    sql`select case grouping(step, agency_id, category_code, area_id, channel, level)
        when 63 then 0 when 31 then 1 when 47 then 2 when 55 then 3 when 59 then 4 when 61 then 5 else 6 end as place,
      step, agency_id, category_code, area_id, channel, level, ${selected(promiseMeasures, under)}
    from (select f.*, ${stepOfHour(hourOf(sql`f.due_at`), grain)} as step from ${from} where ${where}) f
    group by grouping sets ((), (step), (agency_id), (category_code), (area_id), (channel), (level))`,
  )
  const cells = <Key>(place: number, keyOf: (row: Row) => Key) =>
    rows.filter((row) => row.place === place).map((row) => ({ ...row, key: keyOf(row) }))
  const [whole] = cells(0, () => null)
  return {
    whole: whole as PromiseCounts,
    steps: cells(1, ({ step }) => step),
    agencies: cells(2, (row) => row.agency_id),
    categories: cells(3, (row) => row.category_code),
    areas: cells(4, (row) => row.area_id),
    channels: cells(5, ({ channel }) => channel),
    levels: cells(6, ({ level }) => level),
  }
}

export type StayRow = { agencyId: string; stays: number; minutes: number; median: number }

/** For how much working time agencies held what left them in the period. */
export async function staysBy(db: Database, under: Under): Promise<StayRow[]> {
  const { from, where } = rowsOf('stays', under)
  return run(
    db,
    sql`select f.agency_id as "agencyId", ${countOf('stays', under)} as stays, sum(f.minutes)::float8 as minutes,
        percentile_disc(0.5) within group (order by f.minutes) as median
      from ${from} where ${where} group by 1 order by minutes desc`,
  )
}
