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

/** Who watches each of several reports, read by one statement. */
type Watchers = ReadonlyMap<number, readonly Watcher[]>

export async function watchersOf(tx: Transaction, reportIds: readonly number[], now: Date): Promise<Watchers> {
  const watchers = new Map<number, Watcher[]>()
  if (reportIds.length === 0) return watchers
  const rows = await tx.execute<Watcher & { reportId: number }>(sql`
    with watches as materialized (
      select report_id, account_id, since from report_watches
      where report_id = any(${`{${[...new Set(reportIds)].join(',')}}`}::bigint[])),
    watchers as materialized (
      select a.id, a.name, agencies.calendar_id, ${grantsOfAccount(now)} as grants
      from accounts a join agencies on agencies.id = a.agency_id
      where a.is_active and a.id in (select account_id from watches))
    select watches.report_id as "reportId", watchers.id, name, calendar_id as "calendarId", grants
    from watches join watchers on watchers.id = watches.account_id order by watches.since, watchers.id`)
  for (const { reportId, ...watcher } of rows) {
    const known = watchers.get(reportId) ?? []
    watchers.set(reportId, [...known, watcher])
  }
  return watchers
}

/**
 * Those who watch the report of an event and may read it in its timeline. A report that has left their scope stays
 * watched, without a word, in case it comes back.
 */
export function readersAmong(watchers: Watchers, event: Watched): readonly Watcher[] {
  const report = { agencyId: event.report.agencyId, heldBy: event.heldBy, knownTo: event.knownTo }
  return (watchers.get(event.reportId) ?? []).filter((watcher) => {
    const actor = { kind: 'staff' as const, ...watcher }
    return isVisible(actor, report) && mayReadEvent(event, readingOf(actor, report))
  })
}
