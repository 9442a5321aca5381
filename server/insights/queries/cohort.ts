import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Grain } from '../rules/period.ts'
import { hourOfWeek, moment, rowsOf, standing, stepOfHour, type Under } from './frames.ts'
import { countOf, rules } from './predicates.ts'
import { run } from './run.ts'

/** So many reports of one value of one dimension that stand alike. */
type CohortCell<Key> = { key: Key; standing: number; count: number }
export type Cohort = {
  steps: CohortCell<number>[]
  agencies: CohortCell<string | null>[]
  categories: CohortCell<string>[]
  areas: CohortCell<number | null>[]
  channels: CohortCell<string>[]
  hours: CohortCell<number>[]
  paths: CohortCell<string>[]
}

type Row = {
  place: number
  step: number
  agency_id: string | null
  category_code: string
  area_id: number | null
  channel: string
  hour: number
  path: string
  standing: number
  count: number
}

/** What was received in the period by each dimension and by where it stands: one pass over the reports. */
export async function cohortOf(db: Database, under: Under, grain: Grain): Promise<Cohort> {
  const { from, where } = rowsOf('received', under)
  const rows = await run<Row>(
    db,
    sql`select case grouping(step, agency_id, category_code, area_id, channel, hour, path)
        when 63 then 0 when 95 then 1 when 111 then 2 when 119 then 3 when 123 then 4 when 125 then 5 else 6 end as place,
      step, agency_id, category_code, area_id, channel, hour, path, standing, count(*)::int as count
    from (select ${stepOfHour(sql`f.received_hour`, grain)} as step, f.agency_id, f.category_code, f.area_id, f.channel,
        ${hourOfWeek} as hour, f.path, ${standing(under)} as standing
      from ${from} where ${where}) c
    group by grouping sets ((step, standing), (agency_id, standing), (category_code, standing), (area_id, standing),
      (channel, standing), (hour, standing), (path, standing))`,
  )
  const cells = <Key>(place: number, keyOf: (row: Row) => Key): CohortCell<Key>[] =>
    rows
      .filter((row) => row.place === place)
      .map((row) => ({ key: keyOf(row), standing: row.standing, count: row.count }))
  return {
    steps: cells(0, ({ step }) => step),
    agencies: cells(1, (row) => row.agency_id),
    categories: cells(2, (row) => row.category_code),
    areas: cells(3, (row) => row.area_id),
    channels: cells(4, ({ channel }) => channel),
    hours: cells(5, ({ hour }) => hour),
    paths: cells(6, ({ path }) => path),
  }
}

/** Counts by standing alone: what the other period needs. */
export async function standingsOf(db: Database, under: Under): Promise<{ standing: number; count: number }[]> {
  const { from, where } = rowsOf('received', under)
  return run(
    db,
    sql`select standing, count(*)::int as count
      from (select ${standing(under)} as standing from ${from} where ${where}) c group by standing`,
  )
}

/** What has not come that far is endless: it sorts last. */
export const endless = 2_147_483_647

export const answeredMinutes = (under: Under) =>
  sql`coalesce(case when ${rules.first_answered.where?.(under)} then f.first_answer_minutes end, ${sql.raw(String(endless))})`
const intakeMinutes = (under: Under) =>
  sql`coalesce(case when ${rules.taken_in.where?.(under)} then f.intake_minutes end, ${sql.raw(String(endless))})`

/** Of the last close by then; one that came after it, on a report opened again, is not known yet. */
export function closeMinutes(under: Under, column: 'minutes' | 'calendar_minutes') {
  const at = moment(under.span.asOf)
  const last = sql.raw(column === 'minutes' ? 'f.close_minutes' : 'f.close_calendar_minutes')
  return sql`coalesce(case when ${rules.ended.where?.(under)} then case when f.closed_at <= ${at} then ${last}
    else (select c.${sql.raw(column)} from report_closes c where c.report_id = f.report_id and c.at <= ${at}
      order by c.number desc limit 1) end end, ${sql.raw(String(endless))})`
}

export const durations = ['first_answer', 'close', 'close_calendar', 'intake'] as const
export type DurationName = (typeof durations)[number]

/** Median and nine tenths; null: not reached. */
export type Quantiles = { median: number | null; p90: number | null }
export type CohortDurations = Record<DurationName, Quantiles> & {
  first_answered: number
  ended: number
  taken_in: number
  assigned: number
  changed_twice: number
  ping_pong: number
  changes: number | null
}

const reached = (minutes: number | undefined): number | null =>
  minutes === undefined || minutes === null || minutes === endless ? null : minutes
const quantiles = ([median, p90]: number[]): Quantiles => ({ median: reached(median), p90: reached(p90) })

/** Percentiles are those of the whole cohort, each a value that occurred. */
export async function durationsOf(db: Database, under: Under): Promise<CohortDurations> {
  const { from, where } = rowsOf('cohort', under)
  const disc = (minutes: ReturnType<typeof sql>) =>
    sql`coalesce(percentile_disc(array[0.5, 0.9]) within group (order by ${minutes}), '{}')`
  const [row] = await run<Record<DurationName, number[]> & Omit<CohortDurations, DurationName>>(
    db,
    sql`select ${disc(sql`first_answer`)} as first_answer, ${disc(sql`close`)} as close,
        ${disc(sql`close_calendar`)} as close_calendar, ${disc(sql`intake`)} as intake,
        count(*) filter (where answered)::int as first_answered, count(*) filter (where ended)::int as ended,
        count(*) filter (where given)::int as taken_in, count(*) filter (where given)::int as assigned,
        count(*) filter (where twice)::int as changed_twice, count(*) filter (where pong)::int as ping_pong,
        percentile_disc(0.5) within group (order by changes) filter (where given) as changes
      from (select ${answeredMinutes(under)} as first_answer, ${closeMinutes(under, 'minutes')} as close,
          ${closeMinutes(under, 'calendar_minutes')} as close_calendar, ${intakeMinutes(under)} as intake,
          ${rules.first_answered.where?.(under)} as answered, ${rules.ended.where?.(under)} as ended,
          ${rules.assigned.where?.(under)} as given, ${rules.changed_twice.where?.(under)} as twice,
          ${rules.ping_pong.where?.(under)} as pong, f.agency_changes as changes
        from ${from} where ${where}) c`,
  )
  if (!row) throw new Error('a count without groups has one row')
  return {
    ...row,
    first_answer: quantiles(row.first_answer),
    close: quantiles(row.close),
    close_calendar: quantiles(row.close_calendar),
    intake: quantiles(row.intake),
  }
}

type Medians = { key: number; first_answer: number | null; close: number | null }

/** The two medians of the cards, step by step. */
export async function stepMedians(db: Database, under: Under, grain: Grain): Promise<Medians[]> {
  const { from, where } = rowsOf('cohort', under)
  const rows = await run<{ key: number; first_answer: number; close: number }>(
    db,
    sql`select key, percentile_disc(0.5) within group (order by first_answer) as first_answer,
        percentile_disc(0.5) within group (order by close) as close
      from (select ${stepOfHour(sql`f.received_hour`, grain)} as key, ${answeredMinutes(under)} as first_answer,
          ${closeMinutes(under, 'minutes')} as close from ${from} where ${where}) c group by key`,
  )
  return rows.map(({ key, ...row }) => ({ key, first_answer: reached(row.first_answer), close: reached(row.close) }))
}

/** The median to close by the agency at close. */
export async function agencyMedians(
  db: Database,
  under: Under,
): Promise<{ key: string | null; close: number | null }[]> {
  const { from, where } = rowsOf('cohort', under)
  const rows = await run<{ key: string | null; close: number }>(
    db,
    sql`select key, percentile_disc(0.5) within group (order by close) as close
      from (select f.agency_id as key, ${closeMinutes(under, 'minutes')} as close from ${from} where ${where}) c
      group by key`,
  )
  return rows.map(({ key, close }) => ({ key, close: reached(close) }))
}

export type Forwarding = { key: string | null; first: number; forwarded: number }

/** By the agency that had it first: how much it passed on. `key` null: all together. */
export async function forwardingOf(db: Database, under: Under): Promise<Forwarding[]> {
  const { from, where } = rowsOf('cohort', under, rules.forwarded.agency)
  return run(
    db,
    sql`select f.first_agency_id as key, ${countOf('first_given', under)} as first,
        ${countOf('forwarded', under)} as forwarded
      from ${from} where ${where} and f.first_agency_id is not null group by rollup (f.first_agency_id)`,
  )
}
