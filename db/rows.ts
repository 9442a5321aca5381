import { eq, getTableName, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { writtenOnce } from './built-once.ts'
import type { Connection, Database } from './client.ts'

type Run = (db: Connection, values: Readonly<Record<string, unknown>>) => Promise<unknown>
type Row = Readonly<Record<string, unknown>>
type Identified = PgTable & { id: PgColumn }

/**
 * One row to be written: a new one, or columns of the one with this id. Values are plain; missing columns get their
 * defaults.
 */
export type RowWrite = { table: PgTable; row: Row; id?: number | string }

export const newRow = <T extends PgTable>(table: T, row: T['$inferInsert']): RowWrite => ({ table, row })

export const changedRow = <T extends Identified>(
  table: T,
  id: number | string,
  row: Partial<T['$inferInsert']>,
): RowWrite => ({ table, row, id })

/** Statements by the tables and columns they write: commands use the same few combinations all the time. */
const statements = new Map<string, Run>()

/**
 * Writes rows with one statement, which is built once: in one round trip, all or none. No row may be written twice.
 */
export async function writeRows(db: Connection, writes: readonly RowWrite[]): Promise<void> {
  if (writes.length === 0) return
  const shapes = writes.map(({ table, row, id }) => ({ table, columns: columnsOf(row), isNew: id === undefined }))
  const key = shapes.map(({ table, columns, isNew }) => `${getTableName(table)} ${isNew} ${columns}`).join(';')
  const run =
    statements.get(key) ?? writtenOnce((blank) => together(shapes.map((shape, at) => writing(blank, shape, at))))
  statements.set(key, run)
  const values = writes.flatMap(({ row, id }, at) =>
    Object.entries({ ...row, rowId: id }).map(([name, value]) => [at + name, value]),
  )
  await run(db, Object.fromEntries(values))
}

export const insertRow = <T extends PgTable>(db: Connection, table: T, row: T['$inferInsert']): Promise<void> =>
  writeRows(db, [newRow(table, row)])

/** Writes rows: a single one with a cached statement, several with one new statement. */
export async function insertRows<T extends PgTable>(
  db: Connection,
  table: T,
  rows: T['$inferInsert'][],
): Promise<void> {
  const [row] = rows
  if (rows.length > 1) await db.insert(table).values(rows)
  else if (row) await insertRow(db, table, row)
}

/** Writes new rows of several tables, with one statement per table. */
export async function insertTogether(db: Connection, writes: readonly RowWrite[]): Promise<void> {
  const rowsOf = (ofTable: readonly RowWrite[]) => ofTable.map(({ row }) => row as never)
  const byTable = Map.groupBy(writes, ({ table }) => table)
  await Promise.all([...byTable].map(([table, ofTable]) => insertRows(db, table, rowsOf(ofTable))))
}

type Shape = { table: PgTable; columns: string[]; isNew: boolean }

function writing(blank: Database, { table, columns, isNew }: Shape, at: number): SQL {
  const values = Object.fromEntries(columns.map((column) => [column, sql.placeholder(at + column)])) as Record<
    string,
    never
  >
  if (isNew)
    return blank
      .insert(table)
      .values(values as never)
      .getSQL()
  return blank
    .update(table)
    .set(values)
    .where(eq((table as Identified).id, sql.placeholder(`${at}rowId`)))
    .getSQL()
}

/** The last write is the main statement, the others are CTEs before it: all see the state before the statement. */
function together(writes: SQL[]): SQL {
  const [last] = writes.splice(-1)
  const before = writes.map((write, at) => sql`${sql.identifier(`w${at}`)} as (${write})`)
  return before.length === 0 ? (last as SQL) : sql`with ${sql.join(before, sql`, `)} ${last}`
}

const columnsOf = (row: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(row)
    .filter((column) => row[column] !== undefined)
    .sort()

/** The violated constraint, if that is why the database refused a statement. */
export function brokenConstraint(error: unknown): string | undefined {
  const { constraint_name, cause } = (error ?? {}) as { constraint_name?: string; cause?: unknown }
  return constraint_name ?? (cause === undefined ? undefined : brokenConstraint(cause))
}
