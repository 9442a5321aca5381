import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { textArray } from '#server/reports/queries/scope.ts'

/** How many bulletins were issued on each of these incidents, without corrections and exercises. */
export async function issuedCounts(db: Connection, incidentIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.execute<{ incidentId: string; issued: number }>(sql`
    select p.incident_id as "incidentId", count(*)::int as issued from bulletin_publications p
    where p.incident_id = any(${textArray(incidentIds)}::uuid[]) and p.kind = 'first' and not p.is_exercise
    group by p.incident_id`)
  return new Map(rows.map(({ incidentId, issued }) => [incidentId, issued]))
}
