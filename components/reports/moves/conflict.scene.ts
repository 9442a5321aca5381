import { eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'

/** A colleague has closed the report. */
export async function closeMeanwhile(db: Database, id: number): Promise<void> {
  const closed = { state: 'closed', version: sql`${reports.version} + 1`, closedAt: new Date() } as const
  await db.update(reports).set(closed).where(eq(reports.id, id))
}
