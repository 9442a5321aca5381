import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Connection, Sql } from './client.ts'

const dialect = new PgDialect()

/**
 * Runs a frequently used statement as a prepared statement: the server parses it once per connection and the values are
 * sent in the same round trip. Each distinct text stays in the server's memory, so use it only for a small number of
 * texts. (Inside a transaction every statement is prepared: see `client.ts`.)
 */
export async function runPrepared<Row>(db: Connection, statement: SQL): Promise<Row[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  return [...(await clientOf(db).unsafe(sql, params as never[], { prepare: true }))] as unknown as Row[]
}

/** The postgres.js client of a drizzle connection: in a transaction, that of the transaction. */
export const clientOf = (db: Connection): Sql => (db as unknown as { _: { session: { client: Sql } } })._.session.client
