import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import type { Grain } from '../rules/period.ts'
import { type Forwarding, forwardingIn } from '../rules/tallied-figures.ts'
import { agenciesBelow, rowsOf, type Under } from './frames.ts'
import { agencyOf, countOf } from './predicates.ts'
import { run } from './run.ts'
import { tallyOf } from './tallied.ts'

/**
 * A board narrowed to an agency counts what that agency had first: other reports than those it has now. Null where the
 * board is not narrowed to one: then its own tally has the count.
 */
export async function forwardingOfAgency(db: Database, under: Under, grain: Grain): Promise<Forwarding[] | null> {
  const { agency, ...others } = under.filters
  if (agency === null) return null
  if (!scopeOf(under.actor).all) return forwardingInScope(db, under)
  const ofAll = { ...under, filters: { ...others, agency: null } }
  const [below, tally] = await Promise.all([
    run<{ id: string }>(db, agenciesBelow(agency)),
    tallyOf(db, ofAll, grain, isForwarding),
  ])
  const wanted = new Set(below.map(({ id }) => id))
  return forwardingIn(tally).filter(({ key }) => wanted.has(key))
}

const isForwarding = (place: string): boolean => place === 'forwarding'

function forwardingInScope(db: Database, under: Under): Promise<Forwarding[]> {
  const { from, where } = rowsOf('cohort', under, agencyOf('forwarded', under))
  return run(
    db,
    sql`select f.first_agency_id as key, ${countOf('first_given', under)} as first,
        ${countOf('forwarded', under)} as forwarded
      from ${from} where ${where} and f.first_agency_id is not null group by f.first_agency_id`,
  )
}
