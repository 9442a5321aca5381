import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'

/**
 * Reads a mark, the address of a data point: a select of the ids of its reports, or null where the text is not a mark.
 */
type DrillDownReader = (ctx: Context, mark: string) => Promise<SQL | null>

let reader: DrillDownReader | undefined

/**
 * The queue opens the reports of a data point without knowing the figures: the domain of the figures registers here,
 * once, how marks are read.
 */
export function readDrillDownsWith(read: DrillDownReader): void {
  reader = read
}

/** The condition that a mark puts on the queue. An unreadable mark matches no report, never all of them. */
export async function drilledDownReports(ctx: Context, mark: string): Promise<SQL> {
  const ids = await reader?.(ctx, mark)
  return ids ? sql`${reports.id} in (${ids})` : sql`false`
}
