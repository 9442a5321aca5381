import type { Connection } from '#db/client.ts'
import { incidents } from '#db/schema/index.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'

export type BuiltIncident = typeof incidents.$inferSelect

/** A storm in progress on the days of the tests. */
export async function buildIncident(db: Connection, incident: Partial<BuiltIncident> = {}): Promise<BuiltIncident> {
  const storm = { name: 'Bão số 3', kind: 'storm' as const, startsAt: hanoi('2026-03-01 00:00') }
  const [row] = await db
    .insert(incidents)
    .values({ ...storm, ...incident })
    .returning()
  return row as BuiltIncident
}
