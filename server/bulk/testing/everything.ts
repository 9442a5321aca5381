import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'

type Rows = Record<string, unknown>[]

/** They tell what happened, which stays told, and of which reports figures are to be told anew. */
const logs = ['events', 'bulk_rows', 'stale_facts']

/**
 * All that the desk knows of these reports but the log, for comparing it before and after: every table that names a report. The version
 * counts on whatever happens, and an answer that was taken back stays in the history: these two are left out.
 */
export async function everythingOf(db: Database, ids: readonly number[]): Promise<Record<string, Rows>> {
  const tables = await db.execute<{ name: string }>(sql`
    select distinct table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = 'report_id' order by 1`)
  const everything: Record<string, Rows> = { reports: await rowsOf(db, 'reports', 'id', ids) }
  for (const { name } of tables) {
    if (!logs.includes(name)) everything[name] = await rowsOf(db, name, 'report_id', ids)
  }
  return {
    ...everything,
    reports: (everything.reports ?? []).map(({ version: _, ...row }) => row),
    report_answers: (everything.report_answers ?? []).filter(({ status }) => status !== 'withdrawn'),
    notifications: (everything.notifications ?? []).map(({ id: _, ...row }) => row),
  }
}

async function rowsOf(db: Database, table: string, column: string, ids: readonly number[]): Promise<Rows> {
  const rows = await db.execute<{ row: Record<string, unknown> }>(sql`
    select to_jsonb(t) as row from ${sql.identifier(table)} t
    where t.${sql.identifier(column)} = any(${`{${ids.join(',')}}`}::bigint[]) order by to_jsonb(t)::text`)
  return [...rows].map(({ row }) => row)
}
