import { type SQL, sql } from 'drizzle-orm'
import { apiLimits, undoLimits } from '#server/platform/rules/limits.ts'
import { longestUndoSeconds } from '#server/platform/rules/settings.ts'

/**
 * The ids of reports that may have changed since, as a condition for `id`: every change is an event, so the log names
 * them by its index, however many reports there are. What was decided before may be told since, once it can no longer
 * be taken back; a report that was merged into another changes with it. Long ago is no condition: then most lists end
 * long before they have looked at every report.
 */
export function mayHaveChangedSince(id: SQL, since: Date): SQL {
  if (Date.now() - since.getTime() > apiLimits.changesByLogHours * 3_600_000) return sql`true`
  const untold = (longestUndoSeconds + undoLimits.graceSeconds) * 1000
  const from = new Date(since.getTime() - untold).toISOString()
  return sql`${id} = any(array(
    with logged as materialized (
      select distinct e.report_id as id from events e where e.at >= ${from}::timestamptz and e.report_id is not null
    )
    select l.id from logged l union select f.id from logged l join reports f on f.merged_into_id = l.id))`
}
