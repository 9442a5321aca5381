import { eq, getTableName, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { writtenOnce } from './built-once.ts'
import type { Connection, Database } from './client.ts'

type Run = (db: Connection, values: Row) => Promise<Row[]>
type Row = Readonly<Record<string, unknown>>
type Identified = PgTable & { id: PgColumn }

/**
 * One row to be written: a new one, or columns of the one with this id. Values are plain, or completed by the database;
 * missing columns get their defaults.
 */
export type RowWrite = { table: PgTable; row: Row; id?: number | string }

/** A statement before the others, whose row completes some of their values. One name stands for one text. */
export type FirstWrite<First extends Row> = {
  name: string
  sql: (blank: Database) => SQL
  values: Row
  /** Only for the compiler: what it returns. */
  returns?: First
}

/** A value that the database makes out of a given one. The name of a way stands for its text, too. */
class Completed {
  readonly given: unknown
  readonly way: CompletedBy

  constructor(given: unknown, way: CompletedBy) {
    this.given = given
    this.way = way
  }
}
export type CompletedBy = { name: string; sql: (given: SQL) => SQL }
export const completed = (given: unknown, way: CompletedBy) => new Completed(given, way)

type NewRow<T extends PgTable> = { [Column in keyof T['$inferInsert']]: T['$inferInsert'][Column] | Completed }

export const newRow = <T extends PgTable>(table: T, row: NewRow<T>): RowWrite => ({ table, row })

export const changedRow = <T extends Identified>(
  table: T,
  id: number | string,
  row: Partial<T['$inferInsert']>,
): RowWrite => ({ table, row, id })

/** Statements by the tables and columns they write: commands use the same few combinations all the time. */
const statements = new Map<string, Run>()

/**
 * Writes rows with one statement, which is built once: in one round trip, all or none. No row may be written twice.
 * Returns what the first write returns.
 */
export async function writeRows<First extends Row>(
  db: Connection,
  writes: readonly RowWrite[],
  first?: FirstWrite<First>,
): Promise<First[]> {
  if (writes.length === 0) return []
  const shapes = writes.map(shapeOf)
  const texts = shapes.map(({ table, columns, isNew }) => `${getTableName(table)} ${isNew} ${columns.map(nameOf)}`)
  const key = [first?.name ?? '', ...texts].join(';')
  const run =
    statements.get(key) ??
    writtenOnce<Row>((blank) =>
      together(
        shapes.map((shape, at) => writing(blank, shape, at)),
        first && { name: first.name, sql: first.sql(blank) },
      ),
    )
  statements.set(key, run)
  const values = writes.flatMap(({ row, id }, at) =>
    Object.entries<unknown>({ ...row, rowId: id }).map(([name, value]) => [
      at + name,
      value instanceof Completed ? value.given : value,
    ]),
  )
  return (await run(db, { ...first?.values, ...Object.fromEntries(values) })) as First[]
}

export const insertRow = async <T extends PgTable>(db: Connection, table: T, row: T['$inferInsert']): Promise<void> =>
  void (await writeRows(db, [newRow(table, row)]))

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

type Column = { name: string; way: CompletedBy | null }
type Shape = { table: PgTable; columns: Column[]; isNew: boolean }

const shapeOf = ({ table, row, id }: RowWrite): Shape => ({ table, columns: columnsOf(row), isNew: id === undefined })
const nameOf = ({ name, way }: Column): string => (way ? `${name} ${way.name}` : name)

function writing(blank: Database, { table, columns, isNew }: Shape, at: number): SQL {
  const values = Object.fromEntries(
    columns.map(({ name, way }) => {
      const given = sql.placeholder(at + name)
      return [name, way ? way.sql(sql`${given}`) : given]
    }),
  ) as Record<string, never>
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

/**
 * The last write is the main statement, the others are CTEs before it: all see the state before the statement. With a
 * first write, its row is the answer.
 */
function together(writes: SQL[], first: { name: string; sql: SQL } | undefined): SQL {
  const [last] = first ? [sql`select * from ${sql.identifier(first.name)}`] : writes.splice(-1)
  const named = writes.map((write, at) => ({ name: `w${at}`, sql: write }))
  const before = [...(first ? [first] : []), ...named].map(
    (write) => sql`${sql.identifier(write.name)} as (${write.sql})`,
  )
  return before.length === 0 ? (last as SQL) : sql`with ${sql.join(before, sql`, `)} ${last}`
}

const columnsOf = (row: Row): Column[] =>
  Object.keys(row)
    .filter((name) => row[name] !== undefined)
    .sort()
    .map((name) => ({ name, way: row[name] instanceof Completed ? row[name].way : null }))

/** The violated constraint, if that is why the database refused a statement. */
export function brokenConstraint(error: unknown): string | undefined {
  const { constraint_name, cause } = (error ?? {}) as { constraint_name?: string; cause?: unknown }
  return constraint_name ?? (cause === undefined ? undefined : brokenConstraint(cause))
}
