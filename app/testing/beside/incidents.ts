import { inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { incidents } from '#db/schema/index.ts'

/** Ends the storm mode of these incidents: every desk would show them. */
export async function calmDown(db: Database, ids: readonly string[]): Promise<void> {
  await db
    .update(incidents)
    .set({ stormMode: false })
    .where(inArray(incidents.id, [...ids]))
}
