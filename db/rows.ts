import { eq, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { builtOnce } from './built-once.ts'
import type { Connection } from './client.ts'

type Run = (db: Connection, values: Readonly<Record<string, unknown>>) => Promise<unknown>

/** Statements by their table and columns: commands write the same few sets of columns all day. */
const inserts = new Map<PgTable, Map<string, Run>>()
const updates = new Map<PgTable, Map<string, Run>>()

/** Writes one row of plain values; what is left out has its default. The statement is put together once. */
export async function insertRow<T extends PgTable>(db: Connection, table: T, row: T['$inferInsert']): Promise<void> {
  const columns = columnsOf(row)
  const run = remembered(inserts, table, columns, () =>
    builtOnce((blank) => blank.insert(table).values(placeholders(columns) as T['$inferInsert'])),
  )
  await run(db, row)
}

/** Writes rows: a single one by the statement that is put together once, several by one statement of their own. */
export async function insertRows<T extends PgTable>(
  db: Connection,
  table: T,
  rows: T['$inferInsert'][],
): Promise<void> {
  const [row] = rows
  if (rows.length > 1) await db.insert(table).values(rows)
  else if (row) await insertRow(db, table, row)
}

type Identified = PgTable & { id: PgColumn }

/** Changes columns of the row with this id. */
export async function updateRow<T extends Identified>(
  db: Connection,
  table: T,
  rowId: number | string,
  set: Partial<T['$inferInsert']>,
): Promise<void> {
  const columns = columnsOf(set)
  const run = remembered(updates, table, columns, () =>
    builtOnce((blank) =>
      blank
        .update(table as PgTable)
        .set(placeholders(columns))
        .where(eq(table.id, sql.placeholder('rowId'))),
    ),
  )
  await run(db, { ...set, rowId })
}

function remembered(runs: Map<PgTable, Map<string, Run>>, table: PgTable, columns: string[], build: () => Run): Run {
  const ofTable = runs.get(table) ?? new Map<string, Run>()
  runs.set(table, ofTable)
  const key = columns.join()
  const run = ofTable.get(key) ?? build()
  ofTable.set(key, run)
  return run
}

const columnsOf = (row: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(row)
    .filter((column) => row[column] !== undefined)
    .sort()

const placeholders = (columns: string[]) =>
  Object.fromEntries(columns.map((column) => [column, sql.placeholder(column)])) as Record<string, never>

/** By which constraint the database refused a statement, where that is what went wrong. */
export function brokenConstraint(error: unknown): string | undefined {
  const { constraint_name, cause } = (error ?? {}) as { constraint_name?: string; cause?: unknown }
  return constraint_name ?? (cause === undefined ? undefined : brokenConstraint(cause))
}
