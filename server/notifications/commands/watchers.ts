import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { grantsOfAccount } from '#server/accounts/queries/actors.ts'
import type { Grant } from '#server/accounts/rules/actor.ts'
import { isVisible, readingOf } from '#server/reports/rules/scope.ts'
import { mayReadEvent } from '#server/reports/rules/timeline.ts'

type Watched = {
  reportId: number
  event: string
  /** The agency that had the report then, and those that have or had it now. */
  agencyId: string | null
  heldBy: readonly string[]
  /** While its last decision can be taken back: the agencies that know of it. */
  knownTo: readonly string[] | null
  details: Readonly<Record<string, unknown>>
  report: { agencyId: string | null }
}
type Watcher = { id: string; name: string; calendarId: string; grants: Grant[] }

/**
 * The accounts that watch the report and may read this event in its timeline. A report that has left their scope stays
 * watched, without a word, in case it comes back.
 */
export async function watchersOf(tx: Transaction, event: Watched, now: Date): Promise<Watcher[]> {
  const watchers = await tx.execute<Watcher>(sql`
    select a.id, a.name, agencies.calendar_id as "calendarId", ${grantsOfAccount(now)} as grants
    from report_watches join accounts a on a.id = report_watches.account_id and a.is_active
      join agencies on agencies.id = a.agency_id
    where report_watches.report_id = ${event.reportId} order by report_watches.since, a.id`)
  const report = { agencyId: event.report.agencyId, heldBy: event.heldBy, knownTo: event.knownTo }
  return [...watchers].filter((watcher) => {
    const actor = { kind: 'staff' as const, ...watcher }
    return isVisible(actor, report) && mayReadEvent(event, readingOf(actor, report))
  })
}
