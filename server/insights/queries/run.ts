import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Connection } from '#db/client.ts'
import { clientOf } from '#db/prepared.ts'

const dialect = new PgDialect()

/** Sends one statement. It is planned for its values: figures differ too much for one generic plan. */
export async function run<Row>(db: Connection, statement: SQL): Promise<Row[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  return [...(await clientOf(db).unsafe(sql, params as never[]))] as unknown as Row[]
}
