import { is, Param, Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import type { Connection, Database } from './client.ts'
import { clientOf } from './prepared.ts'

type Values = Readonly<Record<string, unknown>>
type Buildable<Result> = { prepare(name: string): { execute(): Promise<Result> } }
type Built = { params: readonly unknown[]; fields?: readonly unknown[]; execute(): Promise<unknown> }

const dialect = new PgDialect()

/** A database without a connection: it only builds statements. */
const drawingBoard = drizzle.mock() as unknown as Database

/**
 * A statement whose text never changes, built at its first use and then only filled with values: they are written as
 * `sql.placeholder(name)`. Building it each time costs the process more than sending it and reading the answer.
 * Statements that are not awaited in between are sent together, in the order of their calls.
 */
export function builtOnce<Result>(build: (db: Database) => Buildable<Result>) {
  let built: Built | undefined
  return async (db: Connection, values: Values = {}): Promise<Result> => {
    built ??= build(drawingBoard).prepare('built once') as unknown as Built
    const params = built.params.map((param) => filled(param, values))
    // Only the connection and the values differ: the rest is inherited from the built statement.
    const filledIn: Built = Object.assign(Object.create(built), { client: clientOf(db), params })
    return filledIn.execute() as Promise<Result>
  }
}

/** The same for raw SQL: rows are returned as the client parses them. */
export function writtenOnce<Row>(build: (db: Database) => SQL) {
  let built: { sql: string; params: unknown[] } | undefined
  return async (db: Connection, values: Values = {}): Promise<Row[]> => {
    built ??= dialect.sqlToQuery(build(drawingBoard))
    const params = built.params.map((param) => filled(param, values)) as never[]
    return [...(await clientOf(db).unsafe(built.sql, params, { prepare: true }))] as unknown as Row[]
  }
}

type Reads = Readonly<Record<string, Buildable<unknown[]> & SQLWrapper>>
type RowsOf<Read> = Read extends Buildable<infer Rows> ? Rows : never
type Together<All extends Reads> = { [Name in keyof All]: RowsOf<All[Name]> }

/**
 * Several selects as one statement: one round trip, one answer, one snapshot for all of them. Each returns its rows as
 * JSON, which their columns decode like ordinary rows. A value of raw SQL is returned as in JSON.
 */
export function builtTogether<All extends Reads>(build: (db: Database) => All) {
  let parts: [name: string, built: Built][] | undefined
  const send = writtenOnce<Record<string, unknown[][]>>((blank) => {
    const reads = Object.entries(build(blank))
    parts = reads.map(([name, read]) => [name, read.prepare('built once') as unknown as Built])
    return sql`select ${sql.join(
      reads.map(([name, read], at) => asJson(read, parts?.[at]?.[1].fields?.length ?? 0, name)),
      sql`, `,
    )}`
  })
  return async (db: Connection, values: Values = {}): Promise<Together<All>> => {
    const [row] = await send(db, values)
    const decoded = (parts ?? []).map(async ([name, built]) => {
      const client = { unsafe: () => ({ values: async () => row?.[name] ?? [] }) }
      return [name, await Object.assign(Object.create(built), { client, params: [] }).execute()]
    })
    return Object.fromEntries(await Promise.all(decoded)) as Together<All>
  }
}

/** Columns are identified by position, because two tables may have a column of the same name. */
function asJson(read: SQLWrapper, width: number, name: string): SQL {
  const columns = sql.raw(Array.from({ length: width }, (_, at) => `c${at}`).join(', '))
  return sql`(select coalesce(json_agg(json_build_array(${columns})), '[]') from ${read} as read (${columns})) as ${sql.identifier(name)}`
}

function filled(param: unknown, values: Values): unknown {
  if (is(param, Placeholder)) return given(param, values)
  if (!is(param, Param) || !is(param.value, Placeholder)) return param
  const value = given(param.value, values)
  return value === null ? null : param.encoder.mapToDriverValue(value)
}

function given({ name }: Placeholder, values: Values): unknown {
  const value = values[name]
  if (value === undefined) throw new Error(`nothing was given for ${name}`)
  return value
}
