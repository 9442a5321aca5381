import { and, eq, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { IncidentCount } from '../rules/incident-queues.ts'
import { handledStates, openStates, type ReportState, silentRejectReasons } from '../rules/lifecycle.ts'
import { visibleTo } from './scope.ts'

/** Counts of one incident's reports, within what the reader may see; `queueOfCount` opens exactly these reports. */
export type IncidentFigures = Record<IncidentCount, number> & {
  incidentId: string
  /** Handled in percent (docs/numbers.md) of all but spam, tests and duplicates; null where there are none. */
  handledPercent: number | null
}

const among = (states: readonly ReportState[]) => inArray(reports.state, [...states])
const counted = (condition: SQL | undefined) => sql<number>`count(*) filter (where ${condition})`.mapWith(Number)

/** For one incident or all. An incident without visible reports is not among them. */
export async function incidentFigures(ctx: Context, incidentId: string | null): Promise<IncidentFigures[]> {
  const open = among(openStates)
  const rows = await ctx.db
    .select({
      incidentId: sql<string>`${reports.incidentId}`,
      total: sql<number>`count(*)`.mapWith(Number),
      open: counted(open),
      handled: counted(among(handledStates)),
      rejected: counted(eq(reports.state, 'rejected')),
      overdue: counted(sql`${open} and ${reports.dueAt} < ${ctx.now()}`),
      urgentOpen: counted(sql`${open} and ${reports.severity} = 'urgent'`),
      unassigned: counted(eq(reports.state, 'awaiting_intake')),
      silent: counted(inArray(reports.rejectReason, [...silentRejectReasons])),
    })
    .from(reports)
    .where(
      and(
        incidentId === null ? isNotNull(reports.incidentId) : eq(reports.incidentId, incidentId),
        visibleTo(ctx.actor),
        ne(reports.state, 'merged'),
      ),
    )
    .groupBy(reports.incidentId)
  return rows.map(({ silent, ...row }) => ({ ...row, handledPercent: percent(row.handled, row.total - silent) }))
}

/** Rounded as in docs/numbers.md: to 0.1 from a thousand on, whole below. */
function percent(part: number, whole: number): number | null {
  if (whole === 0) return null
  const share = (100 * part) / whole
  return whole >= 1000 ? Math.round(share * 10) / 10 : Math.round(share)
}
