import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { events } from '#db/schema/index.ts'
import { type Kept, keptIn } from '../rules/kept.ts'

/** The latest event of the report with one of these names: the act that is to be undone. */
export async function actMade(
  db: Connection,
  reportId: number,
  names: readonly string[],
): Promise<{ version: number | null; kept: Kept }> {
  const [made] = await db
    .select({ version: events.version, details: events.details })
    .from(events)
    .where(and(eq(events.reportId, reportId), inArray(events.event, [...names])))
    .orderBy(desc(events.id))
    .limit(1)
  return { version: made?.version ?? null, kept: keptIn(made?.details ?? {}) }
}
