import { and, sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { type Coordinated, coordinatedOf } from '../rules/coordinated.ts'
import type { BoardFilters } from '../rules/filters.ts'
import { resolvePeriod } from '../rules/period.ts'
import { agenciesBelow, agencyIn, agencyValue, rowsOf, type Under } from './frames.ts'
import type { Names } from './names.ts'
import { rowsIn } from './relations.ts'
import { run } from './run.ts'

/**
 * Open reports of a moment of now that the agency of the filters coordinates, with those below it, and never held: by
 * who is responsible for them. Null without an agency, and where there are none.
 */
export async function coordinatedUnder(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  filters: BoardFilters,
  { agencies }: Names,
  at: Date,
): Promise<Coordinated | null> {
  const { agency } = filters
  if (agency === null) return null
  const others: BoardFilters = { ...filters, agency: null, asked: null, period: 'today', compare: 'none' }
  const under: Under = { filters: others, actor, span: resolvePeriod(others, at) }
  const { from, where } = rowsOf('open', under)
  const owner = agencyValue(agencyIn('open', under))
  const own = sql`array(${agenciesBelow(agency)})`
  const cells = await run<{ agency: string | null; count: number }>(
    db,
    sql`select ${owner} as agency, count(*)::int as count from ${from}
      where ${and(
        where,
        sql`f.report_id in (select id from reports where held_by && ${own})`,
        sql`coalesce(${owner} <> all(${own}), true)`,
        sql`not exists (select from ${rowsIn('stays', {}, 'own')} where own.report_id = f.report_id
          and own.agency_id = any(${own}))`,
      )}
      group by 1`,
  )
  return coordinatedOf(cells, agencies, at)
}
