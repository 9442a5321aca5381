import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Connection } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { PoolDoor } from '#db/pool-door.ts'
import { clientOf } from '#db/prepared.ts'
import { databaseLimits } from '#server/platform/rules/limits.ts'

const dialect = new PgDialect()

/**
 * A board sends some forty statements. Sent all at once they take a fifth more time: processor cores are few, and each
 * connection costs the process a write of its own.
 */
const atOnce = 3
const doorIn = keptFor('the door of figures', (db) => {
  const { statement_timeout: millis } = clientOf(db).options.connection
  const { waitSeconds, connectSeconds } = databaseLimits.pages
  return new PoolDoor(atOnce, { waitSeconds: Number(millis ?? 0) / 1000 || waitSeconds, connectSeconds })
})

/** A statement waits no longer than one may take on this connection. A transaction has only one connection. */
const doorOf = (db: Connection): PoolDoor | null => ('$client' in db ? doorIn(db) : null)

/** Sends one statement. It is planned for its values: figures differ too much for one generic plan. */
export async function run<Row>(db: Connection, statement: SQL): Promise<Row[]> {
  const { sql, params } = dialect.sqlToQuery(statement)
  const send = async () => clientOf(db).unsafe(sql, params as never[])
  const door = doorOf(db)
  const rows = await (door ? door.hold(send) : send())
  return [...rows] as unknown as Row[]
}
