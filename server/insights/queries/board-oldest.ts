import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'

export async function codeOf(db: Database, reportId: number): Promise<string | null> {
  const [report] = await db.select({ code: reports.code }).from(reports).where(eq(reports.id, reportId))
  return report?.code ?? null
}
