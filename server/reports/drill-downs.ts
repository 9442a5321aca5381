import { type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Locale } from '#messages/locales.ts'
import type { Context } from '#server/accounts/context.ts'

/** The names of what a data point may be counted by. */
export type PointNames = {
  agencies: ReadonlyMap<string, string>
  areas: ReadonlyMap<number, string>
  incidents: ReadonlyMap<string, { name: string; nameEn: string }>
  categories: ReadonlyMap<string, { name: string; nameEn: string }>
}

/** Which figure a list of reports is, in words: its name, all that it was counted under, and a part of a file name. */
export type ToldPoint = {
  figure: string
  conditions: readonly { label: string; value: string }[]
  fileName: string
}

/** Reads a mark, the address of a data point. */
type DrillDownReader = {
  /** A select of the ids of its reports, or null where the text is not a mark. */
  reports: (ctx: Context, mark: string) => Promise<SQL | null>
  /** The names of the agencies whose part the account sees, where the data point covers more than that. */
  partOf: (ctx: Context, mark: string) => Promise<string[] | null>
  /** Null where the text is not a mark. */
  toldOf: (mark: string, locale: Locale, names: PointNames) => ToldPoint | null
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

/** The figure in words, for a file of its reports; null where the text is not a mark. */
export const toldOfDrillDown = (mark: string, locale: Locale, names: PointNames): ToldPoint | null =>
  reader?.toldOf(mark, locale, names) ?? null
