import { type SQL, sql } from 'drizzle-orm'
import { apiLimits, undoLimits } from '#server/platform/rules/limits.ts'
import { longestUndoSeconds } from '#server/platform/rules/settings.ts'

/**
 * A condition on `id` for reports that may have changed since a time. Every change is an event, so the log yields them
 * at a cost that does not grow with the number of reports. A decision made earlier may become public since then, when
 * its undo period ends, and a merged report changes with its canonical report. `source`: only reports of this source.
 * Recent days are read by the time of the log. For earlier times the last event of each report decides, by one index
 * entry for each in the order of the list.
 */
export function mayHaveChangedSince(id: SQL, since: Date, source?: string): SQL {
  const untold = (longestUndoSeconds + undoLimits.graceSeconds) * 1000
  const from = sql`${new Date(since.getTime() - untold).toISOString()}::timestamptz`
  if (Date.now() - since.getTime() > apiLimits.changesByLogDays * 86_400_000) {
    const last = (report: SQL) =>
      sql`(select e.at from events e where e.report_id = ${report} order by e.id desc limit 1) >= ${from}`
    return sql`(${last(id)} or exists (
      select from reports f where f.id = ${id} and f.merged_into_id is not null and ${last(sql`f.merged_into_id`)}))`
  }
  const own = source === undefined ? sql`true` : sql`f.source = ${source}`
  return sql`${id} = any(array(
    with logged as materialized (
      select distinct e.report_id as id from events e where e.at >= ${from} and e.report_id is not null
    )
    select f.id from logged l join reports f on f.id = l.id where ${own}
    union select f.id from logged l join reports f on f.merged_into_id = l.id where ${own}))`
}
