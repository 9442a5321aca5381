import { join } from 'node:path'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations } from 'graphile-worker'
import { markBaseline } from './baseline.ts'
import { connect } from './client.ts'
import { standInForUuidv7 } from './uuidv7.ts'

export const allMigrations = join(import.meta.dirname, 'migrations')
const migrationLock = 4_120_240_628

/** Migrates the database to the newest schema, including its job queue. A second concurrent process waits. */
export async function migrateDatabase(url: string, migrationsFolder = allMigrations): Promise<void> {
  const { db, sql, close } = connect(url, { max: 1 })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    await standInForUuidv7(sql)
    await markBaseline(sql, migrationsFolder)
    await migrate(db, { migrationsFolder })
    await runMigrations({ connectionString: url })
  } finally {
    await close()
  }
}
