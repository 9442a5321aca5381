import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { reportPutOffs } from '#db/schema/index.ts'

/** The time until which a report was put off has come. */
export async function endPutOff(db: Database, reportId: number): Promise<void> {
  await db.update(reportPutOffs).set({ until: new Date() }).where(eq(reportPutOffs.reportId, reportId))
}
