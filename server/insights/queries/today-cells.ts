import { and, type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { within } from '#server/platform/filter-sql.ts'
import { type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { handledStates, openStates } from '#server/reports/rules/lifecycle.ts'
import { stateIs } from '#server/reports/states.ts'
import type { BoardFilters } from '../rules/filters.ts'
import { resolvePeriod } from '../rules/period.ts'
import { agenciesBelow, agencyIn, agencyValue, countedState, moment, rowsOf, type Under } from './frames.ts'
import { type Place, type Surge, surgesAt } from './jumps.ts'
import { comesDue, conditionOf, dueThen } from './predicates.ts'
import { run } from './run.ts'

export type OpenCell = {
  /** Null: at no agency yet. */
  agency: string | null
  category: string
  urgent: boolean
  overdue: number
  /** When the first of those that are overdue fell due. */
  since: Date | null
  /** Falls due on the rest of the day. */
  today: number
}

const underNow = ({ actor }: Context, filters: BoardFilters, at: Date): Under => ({
  filters,
  actor,
  span: resolvePeriod({ ...filters, compare: 'none' }, at),
})

/** What is overdue or falls due today, by who has it and what it is about. */
export function openCells(ctx: Context, filters: BoardFilters, at: Date): Promise<OpenCell[]> {
  const under = underNow(ctx, filters, at)
  const { from, where } = rowsOf('open', under)
  const known = { ...under, countedState: sql`f.counted_state` }
  const today = localDayOf(at)
  const isOverdue = conditionOf('overdue', known)
  const comes = comesDue({ from: today, to: today }, known, sql`f.due`)
  return run(
    ctx.db,
    // Without OFFSET the server would look the promise up once for every condition.
    sql`select ${agencyValue(agencyIn('open', under))} as agency, f.category_code as category,
        f.severity = 'urgent' as urgent, count(*) filter (where ${isOverdue})::int as overdue,
        min(f.due) filter (where ${isOverdue}) as since, count(*) filter (where ${comes})::int as today
      from (select f.*, ${countedState(under)} as counted_state, ${dueThen(under)} as due
        from ${from} where ${where} offset 0) f
      where ${isOverdue} or ${comes} group by 1, 2, 3`,
  )
}

const dayMillis = 86_400_000

type SurgeCell = Surge & {
  /** Who has each of them; null: no agency yet. */
  holders: (string | null)[]
  came: { from: string; to: string }
}

/**
 * What came in within the last day, by kind and commune, where it is far more than usual: a flood, a broken main, one
 * matter many times.
 */
export async function surgeCells(ctx: Context, filters: BoardFilters, at: Date): Promise<SurgeCell[]> {
  const live = underNow(ctx, filters, at)
  const surges = await surgesAt(ctx, live, at)
  if (surges.length === 0) return []
  const since = new Date(at.getTime() - dayMillis)
  const recent: Under = { ...live, span: { ...live.span, from: since } }
  const { from, where } = rowsOf('cohort', recent)
  const placeOf = ({ category, area }: Place) => `${category} ${area ?? ''}`
  const cells = await run<Place & { holders: (string | null)[] }>(
    ctx.db,
    sql`select f.category_code as category, f.area_id as area,
        json_agg(${agencyValue(agencyIn('cohort', recent))}) as holders
      from ${from} where ${where} and f.received_at < ${moment(at)} group by 1, 2`,
  )
  const holders = new Map(cells.map((cell) => [placeOf(cell), cell.holders]))
  const came = { from: since.toISOString(), to: at.toISOString() }
  return surges.map((surge) => ({ ...surge, holders: holders.get(placeOf(surge)) ?? [], came }))
}

type CommitmentCell = { agency: string | null; isBroken: boolean; count: number }

/** What is refused or merged commits nobody any more. */
export const committedStates = [...openStates, ...handledStates]

/** Reports whose latest answer commits an agency to a day: those of the last weeks, and those of today. */
export function commitmentCells(
  { db, actor }: Context,
  agency: string | null,
  days: { from: LocalDay; today: LocalDay },
): Promise<CommitmentCell[]> {
  const column = sql`${reports.commitmentDueAt}`
  const own: SQL | undefined =
    agency === null ? undefined : sql`${reports.agencyId} = any(array(${agenciesBelow(agency)}))`
  return run(
    db,
    sql`select ${reports.agencyId} as agency, ${column} < ${moment(startOfDay(days.today))} as "isBroken",
        count(*)::int as count
      from ${reports}
      where ${and(within(column, { from: days.from, to: days.today }), stateIs(committedStates), visibleTo(actor), own)}
      group by 1, 2`,
  )
}
