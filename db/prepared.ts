import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Database, Sql } from './client.ts'

const dialect = new PgDialect()

/**
 * Runs a statement whose text comes again and again under a name of its own: the server parses it once per connection and
 * the values travel in the same round trip. Each distinct text stays in the server's memory, so only for texts that are
 * few. Not for use inside a transaction: it takes a connection of the pool.
 */
export async function runPrepared<Row>(db: Database, statement: SQL): Promise<Row[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  const { $client } = db as Database & { $client: Sql }
  return [...(await $client.unsafe(sql, params as never[], { prepare: true }))] as Row[]
}
