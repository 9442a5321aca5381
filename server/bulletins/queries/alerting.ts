import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletinRevisions, bulletins } from '#db/schema/index.ts'

/** Whether one of these, as approved, would be published as an alert. */
export async function isAnyAlert(db: Connection, ids: readonly string[]): Promise<boolean> {
  const [found] = await db
    .select({ id: bulletins.id })
    .from(bulletins)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.approvedRevisionId))
    .where(
      and(
        inArray(bulletins.id, [...ids]),
        eq(bulletins.isExercise, false),
        sql`jsonb_typeof(${bulletinRevisions.content} -> 'alert') = 'object'`,
      ),
    )
    .limit(1)
  return found !== undefined
}
