import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { type Forwarding, forwardingIn } from '../rules/tallied-figures.ts'
import type { Tally } from '../rules/tally.ts'
import { rowsOf, type Under } from './frames.ts'
import { countOf, rules } from './predicates.ts'
import { run } from './run.ts'

/** A board narrowed to an agency looks at what that agency had first: other reports than those it has now. */
export async function forwardingOf(db: Database, under: Under, tally: Tally): Promise<Forwarding[]> {
  if (under.filters.agency === null) return forwardingIn(tally)
  const { from, where } = rowsOf('cohort', under, rules.forwarded.agency)
  return run(
    db,
    sql`select f.first_agency_id as key, ${countOf('first_given', under)} as first,
        ${countOf('forwarded', under)} as forwarded
      from ${from} where ${where} and f.first_agency_id is not null group by f.first_agency_id`,
  )
}
