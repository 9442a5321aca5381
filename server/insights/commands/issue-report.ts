import { and, eq, sql } from 'drizzle-orm'
import type { Connection, Database } from '#db/client.ts'
import { issuedReports } from '#db/schema/index.ts'
import type { IssuedScope } from '../rules/issued.ts'
import { readKeptWeekly } from '../rules/kept-weekly.ts'
import type { Weekly } from '../rules/weekly.ts'

export type Issue = typeof issuedReports.$inferInsert & { id: string }

/** What a run has issued for a scope already: recipients of the same scope, and later attempts, get the same. */
export async function issuedBefore(
  db: Database,
  runId: string,
  agencyIds: IssuedScope,
): Promise<(Pick<typeof issuedReports.$inferSelect, 'id' | 'name' | 'locale'> & { weekly: Weekly }) | null> {
  const [row] = await db
    .select()
    .from(issuedReports)
    .where(
      and(
        eq(issuedReports.runId, runId),
        sql`coalesce(${issuedReports.agencyIds}, '{}') = ${sql.param([...(agencyIds ?? [])])}::text[]`,
      ),
    )
  if (!row) return null
  const { id, name, locale } = row
  return { id, name, locale, weekly: readKeptWeekly(row.schema, row.figures) }
}

/** An id that sorts by time, known before the row is written: the text of the report contains its address. */
export async function newIssueId(db: Database): Promise<string> {
  const [row] = await db.execute<{ id: string }>(sql`select uuidv7()::text as id`)
  if (!row) throw new Error('no id was made')
  return row.id
}

/** Keeps a report as it is issued. To be called in the transaction in which the run records that it hands it over. */
export async function keepIssue(tx: Connection, issue: Issue): Promise<void> {
  await tx.insert(issuedReports).values(issue)
}
