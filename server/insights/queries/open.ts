import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { AgeingBounds } from '../rules/ageing.ts'
import { type AgeBucket, ageBuckets, type StandingBucket, standingBuckets } from '../rules/mark.ts'
import type { Grain } from '../rules/period.ts'
import { hourOf, moment, rowsOf, stepOfHour, type Under } from './frames.ts'
import { comesDue, dueThen, ofAge, rules, standsAgainstPromise } from './predicates.ts'
import { run } from './run.ts'

type OpenCell<Key> = { key: Key; open: number; overdue: number }
export type OpenReports = {
  whole: { open: number; overdue: number }
  agencies: OpenCell<string | null>[]
  categories: OpenCell<string>[]
  areas: OpenCell<number | null>[]
  channels: OpenCell<string>[]
  byAge: { bucket: AgeBucket; count: number }[]
  byStanding: { bucket: StandingBucket; count: number }[]
  coming: { from: LocalDay; day: LocalDay; count: number; urgent: number }[]
  oldest: { id: number; receivedAt: Date } | null
}

type Days = { from: LocalDay; to: LocalDay }
type Found = Omit<OpenReports, 'byAge' | 'byStanding' | 'coming' | 'oldest'> & {
  counts: Record<string, number>
  oldest: [number, string] | null
}

/** Everything about what is open at the moment of the figures, from one list of those reports. */
export async function openReports(
  db: Database,
  under: Under,
  bounds: AgeingBounds,
  coming: readonly Days[],
): Promise<OpenReports> {
  const { from, where } = rowsOf('open', under)
  const due = sql`f.due`
  const by = (
    key: string,
  ): SQL => sql`(select coalesce(json_agg(json_build_object('key', key, 'open', open, 'overdue', overdue)), '[]')
    from (select ${sql.raw(`f.${key}`)} as key, count(*)::int as open, ${overdue} as overdue from f group by 1) cells)`
  const overdue = sql`count(*) filter (where ${rules.open_overdue.where?.(under)})::int`
  const counted = (name: string, condition: SQL) =>
    sql`${sql.raw(`'${name}'`)}, count(*) filter (where ${condition})::int`
  const counts = [
    ...ageBuckets.map((bucket) => counted(`age ${bucket}`, ofAge(bucket, bounds))),
    ...standingBuckets.map((bucket) => counted(`standing ${bucket}`, standsAgainstPromise(bucket, under, bounds, due))),
    ...coming.flatMap((days, place) => {
      const comes = comesDue(days, under, due)
      return [counted(`due ${place}`, comes), counted(`urgent ${place}`, sql`${comes} and f.severity = 'urgent'`)]
    }),
  ]
  const [row] = await run<Found>(
    db,
    sql`with f as materialized (
        select f.report_id, f.received_at, f.agency_id, f.category_code, f.area_id, f.channel, f.severity, f.standing,
          f.standing_at, f.turns_at, f.turns_to, ${dueThen(under)} as due
        from ${from} where ${where})
      select (select json_build_object('open', count(*)::int, 'overdue', ${overdue}) from f) as whole,
        ${by('agency_id')} as agencies, ${by('category_code')} as categories, ${by('area_id')} as areas,
        ${by('channel')} as channels,
        (select json_build_object(${sql.join(counts, sql`, `)}) from f) as counts,
        (select json_build_array(f.report_id, f.received_at) from f where ${rules.oldest.where?.(under)}
          order by f.received_at, f.report_id limit 1) as oldest`,
  )
  if (!row) throw new Error('a select of subselects has one row')
  const { counts: found, oldest, ...cells } = row
  const of = (name: string) => found[name] ?? 0
  return {
    ...cells,
    byAge: ageBuckets.map((bucket) => ({ bucket, count: of(`age ${bucket}`) })),
    byStanding: standingBuckets.map((bucket) => ({ bucket, count: of(`standing ${bucket}`) })),
    coming: coming.map(({ from: first, to }, place) => ({
      from: first,
      day: to,
      count: of(`due ${place}`),
      urgent: of(`urgent ${place}`),
    })),
    oldest: oldest && { id: oldest[0], receivedAt: new Date(oldest[1]) },
  }
}

export async function openTotals(db: Database, under: Under): Promise<{ open: number; oldest: Date | null }> {
  const { from, where } = rowsOf('open', under)
  const [row] = await run<{ open: number; oldest: Date | null }>(
    db,
    sql`select count(*)::int as open, min(f.received_at) filter (where ${rules.oldest.where?.(under)}) as oldest
      from ${from} where ${where}`,
  )
  return row ?? { open: 0, oldest: null }
}

/**
 * By how many the backlog grew in each step: every turn into and out of being open, whoever has left the figures since. From the
 * backlog at the moment of the figures it leads back to that of every earlier step.
 */
export async function backlogChanges(
  db: Database,
  under: Under,
  grain: Grain,
): Promise<{ step: number; change: number }[]> {
  const { from, to, asOf } = under.span
  const here = (at: SQL) => sql`(${at} >= ${moment(from)} and ${at} < ${moment(to)} and ${at} <= ${moment(asOf)})`
  // Whatever turned within the period has its last turn in it or after it.
  const touched = rowsOf('touched', under)
  return run(
    db,
    sql`with f as materialized (select f.received_at, f.received_hour, f.standing, f.standing_at, f.turns_at, f.turns_to
        from ${touched.from} where ${touched.where}),
      turned as (
        select ${stepOfHour(sql`f.received_hour`, grain)} as step, count(*) as change from f
          where ${here(sql`f.received_at`)} group by 1
        union all
        select ${stepOfHour(hourOf(sql`f.standing_at`), grain)}, -count(*) from f
          where f.turns_at is null and f.standing > 2 and ${here(sql`f.standing_at`)} group by 1
        union all
        select ${stepOfHour(hourOf(sql`t.at`), grain)}, sum((t.standing <= 2)::int - (t.before <= 2)::int) from f,
          lateral (select at, standing, lag(standing) over (order by place) as before
            from unnest(f.turns_at, f.turns_to) with ordinality as one (at, standing, place)) t
          where f.turns_at is not null and t.before is not null and ${here(sql`t.at`)} group by 1)
      select step, sum(change)::int as change from turned group by step`,
  )
}
