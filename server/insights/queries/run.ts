import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Database, Sql } from '#db/client.ts'

const dialect = new PgDialect()

/** Sends one statement over the pool. Its text is planned for its values: figures differ too much for one plan. */
export async function run<Row>(db: Database, statement: SQL): Promise<Row[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  const { $client } = db as Database & { $client: Sql }
  return [...(await $client.unsafe(sql, params as never[]))] as Row[]
}
