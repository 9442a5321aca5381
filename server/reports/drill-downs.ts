import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'

/** Reads a mark, the address of a data point. */
type DrillDownReader = {
  /** A select of the ids of its reports, or null where the text is not a mark. */
  reports: (ctx: Context, mark: string) => Promise<SQL | null>
  /** The names of the agencies whose part the account sees, where the data point covers more than that. */
  partOf: (ctx: Context, mark: string) => Promise<string[] | null>
}

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
  const ids = await reader?.reports(ctx, mark)
  return ids ? sql`${reports.id} in (${ids})` : sql`false`
}

/** Whose part of a data point the account sees; null: all of it. */
export async function partOfDrillDown(ctx: Context, mark: string): Promise<string[] | null> {
  return (await reader?.partOf(ctx, mark)) ?? null
}
