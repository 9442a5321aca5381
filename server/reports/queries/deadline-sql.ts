import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import { deadlineGroups } from '../rules/map.ts'
import { type DeadlineKind, deadlineKinds } from '../rules/queue-filters.ts'

/** A report due at this very instant is not overdue yet, as in `deadlineStateOf`. */
export function deadlineIs(kind: DeadlineKind, now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  switch (kind) {
    case 'overdue':
      return sql`${reports.dueOrder} < ${at}`
    case 'soon':
      return sql`(${reports.dueOrder} >= ${at} and ${reports.soonAt} <= ${at})`
    case 'in_time':
      return sql`(${reports.dueAt} >= ${at} and (${reports.soonAt} is null or ${reports.soonAt} > ${at}))`
    case 'paused':
      return sql`${reports.pausedAt} is not null`
  }
}

/** The place of a report's group in `deadlineGroups`: by the same conditions, which exclude each other. */
export function deadlineGroupAt(now: Date): SQL {
  const cases = deadlineKinds.map((kind) => sql`when ${deadlineIs(kind, now)} then ${placeOf(kind)}`)
  return sql`case ${sql.join(cases, sql` `)} else ${placeOf('none')} end`
}

const placeOf = (group: (typeof deadlineGroups)[number]) => sql.raw(String(deadlineGroups.indexOf(group)))
