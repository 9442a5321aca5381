import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { handledStates, openStates, silentRejectReasons } from '../rules/lifecycle.ts'
import { visibleTo } from './scope.ts'

/** Counts of one incident's reports, within what the reader may see: each opens the queue with exactly these. */
export type IncidentFigures = {
  incidentId: string
  /** Of the base set: without spam, tests and merged duplicates (KPIS.md). */
  total: number
  open: number
  handled: number
  rejected: number
  overdue: number
  urgentOpen: number
  unassigned: number
  /** Handled of the total in percent; null where there is none. */
  handledPercent: number | null
}

const among = (states: readonly string[]) => inArray(reports.state, states as (typeof openStates)[number][])

/** For the given incidents, or all. An incident without visible reports is not among them. */
export async function incidentFigures(ctx: Context, incidentId: string | null): Promise<IncidentFigures[]> {
  const open = among(openStates)
  const counted = (condition: unknown) => sql<number>`count(*) filter (where ${condition})`.mapWith(Number)
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
    })
    .from(reports)
    .where(
      and(
        incidentId === null ? isNotNull(reports.incidentId) : eq(reports.incidentId, incidentId),
        visibleTo(ctx.actor),
        sql`${reports.state} <> 'merged'`,
        sql`(${reports.rejectReason} is null or ${reports.rejectReason} not in ${[...silentRejectReasons]})`,
      ),
    )
    .groupBy(reports.incidentId)
  return rows.map((row) => ({ ...row, handledPercent: percent(row.handled, row.total) }))
}

/** KPIS.md: to 0.1 from a thousand on, whole below. */
function percent(part: number, whole: number): number | null {
  if (whole === 0) return null
  const share = (100 * part) / whole
  return whole >= 1000 ? Math.round(share * 10) / 10 : Math.round(share)
}
