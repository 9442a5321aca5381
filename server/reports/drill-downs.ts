import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'

/** Reads a mark: a select of the ids of the reports it stands for, or null where the text is none. */
type DrillDownReader = (ctx: Context, mark: string) => Promise<SQL | null>

let reader: DrillDownReader | undefined

/**
 * The queue opens the reports a figure counts without knowing what figures there are: whoever draws them says here,
 * once, how their marks are read.
 */
export function readDrillDownsWith(read: DrillDownReader): void {
  reader = read
}

/**
 * The condition that a mark puts on the queue. One that nobody can read stands for no report, never for all of them.
 */
export async function drilledDownReports(ctx: Context, mark: string): Promise<SQL> {
  const ids = await reader?.(ctx, mark)
  return ids ? sql`${reports.id} in (${ids})` : sql`false`
}
