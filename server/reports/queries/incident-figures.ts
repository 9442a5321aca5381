import { and, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { IncidentCount } from '../rules/incident-queues.ts'
import { handledStates, openStates, type ReportState, silentRejectReasons } from '../rules/lifecycle.ts'
import { deadlineIs } from './deadline-sql.ts'
import { textArray, visibleTo } from './scope.ts'
import { toldState } from './told.ts'

/** Counts of one incident's reports, within what the reader may see; `queueOfCount` opens exactly these reports. */
export type IncidentFigures = Record<IncidentCount, number> & {
  incidentId: string
  /** Handled in percent (docs/numbers.md) of all but spam, tests and duplicates; null where there are none. */
  handledPercent: number | null
}

type Which = {
  /** Counts by the states that the public may know, without decisions that can still be undone. */
  isTold?: boolean
}
const counted = (condition: SQL | undefined) => sql<number>`count(*) filter (where ${condition})`.mapWith(Number)

/** For one incident, several or all. Incidents without visible reports are absent. */
export async function incidentFigures(
  ctx: Context,
  incidents: string | readonly string[] | null,
  { isTold = false }: Which = {},
): Promise<IncidentFigures[]> {
  const state = isTold ? toldState(sql`${reports}`) : sql`${reports.state}`
  const among = (states: readonly ReportState[]) => sql`${state} = any(${textArray(states)})`
  const open = among(openStates)
  const silently = inArray(reports.rejectReason, [...silentRejectReasons])
  const rows = await ctx.db
    .select({
      incidentId: sql<string>`${reports.incidentId}`,
      total: sql<number>`count(*)`.mapWith(Number),
      open: counted(open),
      handled: counted(among(handledStates)),
      rejected: counted(among(['rejected'])),
      overdue: counted(sql`${open} and ${deadlineIs('overdue', ctx.now())}`),
      urgentOpen: counted(sql`${open} and ${reports.severity} = 'urgent'`),
      unassigned: counted(among(['awaiting_intake'])),
      silent: counted(isTold ? and(among(['rejected']), silently) : silently),
    })
    .from(reports)
    .where(
      and(
        incidents === null
          ? isNotNull(reports.incidentId)
          : sql`${reports.incidentId} = any(${textArray([incidents].flat())}::uuid[])`,
        visibleTo(ctx.actor),
        sql`${state} <> 'merged'`,
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
