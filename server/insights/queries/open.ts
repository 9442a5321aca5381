import { and, type SQL, sql } from 'drizzle-orm'
import type { Connection, Database } from '#db/client.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { AgeingBounds } from '../rules/ageing.ts'
import { lastOpen } from '../rules/counted-state.ts'
import { type AgeBucket, ageBuckets, type DeadlineBucket, deadlineBuckets } from '../rules/data-point.ts'
import type { Grain } from '../rules/period.ts'
import { readColumns } from './columns.ts'
import {
  agencyIn,
  agencyValue,
  countedState,
  hourOf,
  moment,
  rowsOf,
  seenFrom,
  stepOfHour,
  type Under,
} from './frames.ts'
import { keptPast } from './kept-past.ts'
import { memoryOf } from './memory.ts'
import { comesDue, conditionOf, dueThen, ofAge, standsAgainstPromise } from './predicates.ts'
import { run } from './run.ts'
import { slicesUnder } from './sums.ts'

type OpenCell<Key> = { key: Key; open: number; overdue: number }
export type OpenReports = {
  whole: { open: number; overdue: number }
  agencies: OpenCell<string | null>[]
  categories: OpenCell<string>[]
  areas: OpenCell<number | null>[]
  channels: OpenCell<string>[]
  byAge: { bucket: AgeBucket; count: number }[]
  byDeadline: { bucket: DeadlineBucket; count: number }[]
  coming: { from: LocalDay; day: LocalDay; count: number; urgent: number }[]
  oldest: { id: number; receivedAt: Date } | null
}

type Days = { from: LocalDay; to: LocalDay }

/** All figures of what is open at the moment of the figures, from one list of those reports. */
export async function openReports(
  db: Database,
  under: Under,
  bounds: AgeingBounds,
  coming: readonly Days[],
): Promise<OpenReports> {
  const past = await everReceived(db, under, [bounds, coming])
  return keptPast(db, memoryOf(db).open, past, () => readOpen(db, under, bounds, coming))
}

/** Since the first report ever: whatever came in may be open. */
async function everReceived(db: Database, under: Under, more: unknown) {
  const [first] = await run<{ at: Date | null }>(db, sql`select min(received_at) as at from report_facts`)
  return { under, slices: await slicesUnder(db, under), since: first?.at ?? under.span.from, more }
}

async function readOpen(
  db: Database,
  under: Under,
  bounds: AgeingBounds,
  coming: readonly Days[],
): Promise<OpenReports> {
  const { from, where } = rowsOf('open', under)
  const due = sql`f.due`
  const known = { ...under, countedState: sql`f.counted_state` }
  const isOverdue = conditionOf('open_overdue', known)
  const isOldest = conditionOf('oldest', known)
  const open = await readColumns(
    db,
    // Without OFFSET the server would look the promise up once for every condition.
    {
      from: sql`(select f.*, ${countedState(under)} as counted_state, ${dueThen(under)} as due
        from ${from} where ${where} offset 0) f`,
      where: sql`true`,
    },
    {
      agency: { word: sql`coalesce(${agencyValue(agencyIn('open', under))}, '')` },
      category: { word: sql`f.category_code` },
      area: { number: sql`coalesce(f.area_id, 0)` },
      channel: { word: sql`f.channel` },
      overdue: { number: sql`(${isOverdue})::int` },
      age: placeOf(ageBuckets.map((bucket) => ofAge(bucket, bounds))),
      deadline: placeOf(deadlineBuckets.map((bucket) => standsAgainstPromise(bucket, known, bounds, due))),
      coming: placeOf(coming.map((days) => comesDue(days, known, due))),
      urgent: { number: sql`(f.severity = 'urgent')::int` },
      mayBeOldest: { number: sql`(${isOldest})::int` },
      id: { number: sql`f.report_id` },
      received: { number: sql`(extract(epoch from f.received_at) * 1000)::bigint` },
    },
  )
  const count = (values: readonly number[], place: number) => values.filter((value) => value === place).length
  const urgent = open.coming.filter((_, row) => open.urgent[row] === 1)
  return {
    whole: { open: open.rows, overdue: count(open.overdue, 1) },
    agencies: cellsOf(open.agency, open.overdue, (id) => (id === '' ? null : id)),
    categories: cellsOf(open.category, open.overdue, (code) => code),
    areas: cellsOf(open.area, open.overdue, (id) => (id === 0 ? null : id)),
    channels: cellsOf(open.channel, open.overdue, (channel) => channel),
    byAge: ageBuckets.map((bucket, place) => ({ bucket, count: count(open.age, place) })),
    byDeadline: deadlineBuckets.map((bucket, place) => ({ bucket, count: count(open.deadline, place) })),
    coming: coming.map(({ from: first, to }, place) => ({
      from: first,
      day: to,
      count: count(open.coming, place),
      urgent: count(urgent, place),
    })),
    oldest: oldestOf(open),
  }
}

/** The index of the condition that holds; -1: none. */
const placeOf = (conditions: readonly SQL[]): { number: SQL } => {
  const cases = conditions.map((condition, place) => sql`when ${condition} then ${sql.raw(String(place))}`)
  return { number: cases.length === 0 ? sql`-1` : sql`case ${sql.join(cases, sql` `)} else -1 end` }
}

function cellsOf<Value, Key>(
  values: readonly Value[],
  overdue: readonly number[],
  keyOf: (value: Value) => Key,
): OpenCell<Key>[] {
  const cells = new Map<Value, OpenCell<Key>>()
  for (const [row, value] of values.entries()) {
    const cell = cells.get(value) ?? { key: keyOf(value), open: 0, overdue: 0 }
    cells.set(value, cell)
    cell.open += 1
    cell.overdue += overdue[row] as number
  }
  return [...cells.values()]
}

/** The one received first; of several the one with the lowest number. */
function oldestOf(open: { rows: number; mayBeOldest: number[]; id: number[]; received: number[] }) {
  let oldest: { id: number; received: number } | null = null
  for (let row = 0; row < open.rows; row += 1) {
    const [id, received] = [open.id[row] as number, open.received[row] as number]
    if (open.mayBeOldest[row] !== 1) continue
    if (!oldest || received < oldest.received || (received === oldest.received && id < oldest.id))
      oldest = { id, received }
  }
  return oldest && { id: oldest.id, receivedAt: new Date(oldest.received) }
}

export type OpenTotals = { open: number; oldest: Date | null }

export async function openTotals(db: Database, under: Under): Promise<OpenTotals> {
  return keptPast(db, memoryOf(db).openTotals, await everReceived(db, under, null), () => readTotals(db, under))
}

async function readTotals(db: Database, under: Under): Promise<OpenTotals> {
  const { from, where } = rowsOf('open', under)
  const [row] = await run<OpenTotals>(
    db,
    sql`select count(*)::int as open, min(f.received_at) filter (where ${conditionOf('oldest', under)}) as oldest
      from ${from} where ${where}`,
  )
  return row ?? { open: 0, oldest: null }
}

/**
 * By how many the backlog grew in each step: every change into and out of an open state, also of reports that have left
 * the figures since, and every report that came open from elsewhere, or went there open: to another agency, category,
 * area or severity. A report counts at each moment where it was then, so from the backlog at the moment of the figures
 * it leads back to that of every earlier step. `by`: counted separately for these columns too. `among`: only reports
 * among these rows.
 */
export async function backlogChanges<More extends object>(
  db: Connection,
  under: Under,
  grain: Grain,
  { by = [], narrowed, among }: { by?: readonly string[]; narrowed?: SQL; among?: SQL } = {},
): Promise<({ step: number; change: number } & More)[]> {
  const { from, to, asOf } = under.span
  const here = (at: SQL) => sql`(${at} >= ${moment(from)} and ${at} < ${moment(to)} and ${at} <= ${moment(asOf)})`
  // Whatever changed within the period has its last change in it or after it.
  const touched = rowsOf('touched', under)
  const more = sql.raw(by.map((column) => `, ${column}`).join(''))
  const groups = sql.raw(by.map((_, place) => `, ${place + 3}`).join(''))
  const counted = (at: SQL, change: SQL) =>
    sql`select ${stepOfHour(hourOf(at), grain)} as step, ${change} as change ${more}`
  return run(
    db,
    sql`with f as materialized (${versionsTouched(under, { from: among ?? touched.from, where: and(touched.where, narrowed) as SQL }, by)}),
      turned as (
        ${counted(sql`since`, sql`count(*)`)} from f
          where ${here(sql`since`)} and (case when standing_at <= since then standing when turns_at is null then 0
            else turns_to[width_bucket(since, turns_at)] end) <= ${mostOpen} group by 1 ${groups}
        union all
        ${counted(sql`standing_at`, sql`-count(*)`)} from f
          where turns_at is null and standing > ${mostOpen} and standing_at > since and standing_at < until
            and ${here(sql`standing_at`)} group by 1 ${groups}
        union all
        ${counted(sql`t.at`, sql`sum((t.becomes <= ${mostOpen})::int - (t.before <= ${mostOpen})::int)`)} from f,
          lateral (select at, becomes, lag(becomes) over (order by place) as before
            from unnest(f.turns_at, f.turns_to) with ordinality as one (at, becomes, place)) t
          where turns_at is not null and t.before is not null and t.at > since and t.at < until
            and ${here(sql`t.at`)} group by 1 ${groups}
        union all
        ${counted(sql`until`, sql`-count(*)`)} from f
          where ${here(sql`until`)} and (case when standing_at < until then standing when turns_at is null then 0
            else turns_to[width_bucket(until - interval '1 millisecond', turns_at)] end) <= ${mostOpen} group by 1 ${groups})
      select step, sum(change)::int as change ${more} from turned group by step ${more}`,
  )
}

const mostOpen = sql.raw(String(lastOpen))

/**
 * The versions of reports as stretches from `since` to `until` for which each counts where it says. Before its
 * assignment a report is at no agency; an account that does not see the whole city counts it from when it came to one
 * of its own.
 */
function versionsTouched(under: Under, { from, where }: { from: SQL; where: SQL }, by: readonly string[]): SQL {
  const begins = sql`greatest(f.received_at, f.valid_from${optional(seenFrom(under))})`
  const given = sql`coalesce(f.assigned_at, f.received_at)`
  const select = (since: SQL, until: SQL, agency: SQL) => sql`select * from (
    select f.standing, f.standing_at, f.turns_at, f.turns_to, ${since} as since, ${until} as until
      ${sql.join(by.map((column) => (column === 'agency_id' ? sql`, ${agency} as agency_id` : sql.raw(`, f.${column}`))))}
    from ${from} where ${where}) f where since < until`
  const held = sql`f.agency_id`
  if (under.filters.agency !== null) return select(sql`greatest(${begins}, ${given})`, sql`f.valid_to`, held)
  if (!by.includes('agency_id')) return select(begins, sql`f.valid_to`, held)
  return sql`${select(begins, sql`least(${given}, f.valid_to)`, sql`null::text`)}
    union all ${select(sql`greatest(${begins}, ${given})`, sql`f.valid_to`, held)}`
}

const optional = (more: SQL | undefined): SQL => (more ? sql`, ${more}` : sql``)
