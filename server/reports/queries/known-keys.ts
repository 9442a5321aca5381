import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'
import { textArray } from './scope.ts'

/** Those of the keys under which this source has submitted a report before. */
export async function keysKnown(db: Connection, source: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db
    .select({ key: reports.sourceKey })
    .from(reports)
    .where(and(eq(reports.source, source), sql`${reports.sourceKey} = any(${textArray(keys)})`))
  return new Set(rows.map(({ key }) => key))
}
