import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'

type Rows = Record<string, unknown>[]

/**
 * Records of what happened, which undo does not remove, and the lists of reports whose figures or places are to be read
 * again.
 */
const logs = ['events', 'bulk_rows', 'stale_facts', 'place_marks']

/**
 * Everything the database has on these reports except the logs, for comparing it before and after: every table that
 * refers to a report. The version increases with every change, and a withdrawn answer stays in the history: these two
 * are left out. So are messages to the citizen that wait until nothing can be undone any more: what has been undone by
 * then is not sent, as the tests of deliveries hold.
 */
export async function everythingOf(db: Database, ids: readonly number[]): Promise<Record<string, Rows>> {
  const tables = await tablesOf(db)
  const rows = await clientOf(db).unsafe<{ name: string; row: Record<string, unknown> }[]>(
    textOf(tables),
    [`{${ids.join(',')}}`],
    { prepare: true },
  )
  const everything: Record<string, Rows> = Object.fromEntries(tables.map(({ name }) => [name, []]))
  for (const { name, row } of rows) everything[name]?.push(row)
  return {
    ...everything,
    reports: (everything.reports ?? []).map(({ version: _, ...row }) => row),
    report_answers: (everything.report_answers ?? []).filter(({ status }) => status !== 'withdrawn'),
    deliveries: (everything.deliveries ?? []).filter(({ state }) => state !== 'waiting'),
    notifications: (everything.notifications ?? []).map(({ id: _, ...row }) => row),
  }
}

/** One statement for all tables, which is planned once: this runs thousands of times. */
const textOf = (tables: readonly Table[]): string =>
  `${tables
    .map(
      ({ name, column }) =>
        `select '${name}' as name, to_jsonb(t) as row from "${name}" t where t."${column}" = any($1::bigint[])`,
    )
    .join(' union all ')} order by 1, 2`

type Table = { name: string; column: string }
const known = new WeakMap<Database, Promise<Table[]>>()

/** The reports, and every table that refers to one. */
function tablesOf(db: Database): Promise<Table[]> {
  const read = async () => {
    const naming = await db.execute<{ name: string }>(sql`
      select distinct table_name as name from information_schema.columns
      join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = 'report_id' order by 1`)
    const others = naming.filter(({ name }) => !logs.includes(name))
    return [{ name: 'reports', column: 'id' }, ...others.map(({ name }) => ({ name, column: 'report_id' }))]
  }
  const tables = known.get(db) ?? read()
  known.set(db, tables)
  return tables
}
