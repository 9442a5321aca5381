import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Connection, Sql } from './client.ts'

const dialect = new PgDialect()

/**
 * Runs a statement whose text comes again and again under a name of its own: the server parses it once per connection
 * and the values travel in the same round trip. Each distinct text stays in the server's memory, so only for texts that
 * are few. (Inside a transaction every statement is prepared: see `client.ts`.)
 */
export async function runPrepared<Row>(db: Connection, statement: SQL): Promise<Row[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  return [...(await clientOf(db).unsafe(sql, params as never[], { prepare: true }))] as unknown as Row[]
}

/** The postgres.js client that a connection of drizzle sends through: in a transaction, that of the transaction. */
export const clientOf = (db: Connection): Sql => (db as unknown as { _: { session: { client: Sql } } })._.session.client
