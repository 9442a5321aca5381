import { eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'

/** What is stored of these reports. */
export const stored = (db: Database, ids: readonly number[]) =>
  db
    .select()
    .from(reports)
    .where(inArray(reports.id, [...ids]))
    .orderBy(reports.id)

export const stateOf = async (db: Database, id: number): Promise<string | undefined> =>
  (await stored(db, [id]))[0]?.state

/** Meanwhile a colleague changes a report: the version that a decision was based on is outdated. */
export async function changeMeanwhile(db: Database, id: number): Promise<void> {
  await db
    .update(reports)
    .set({ version: sql`${reports.version} + 1` })
    .where(eq(reports.id, id))
}
