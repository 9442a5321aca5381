import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Sql } from './client.ts'
import { SetupError } from './setup-error.ts'

/** The last of the migrations that the baseline replaces: the hash of its file, and the commit that still has it. */
export const lastBefore = {
  hash: 'b3d4c4a543c248d2237caa6fad70e4d7c8096b3d51fef2c4bd449aeca566bab3',
  commit: 'b18e87b4',
}

/**
 * Marks a database that has every migration before the baseline as at the baseline: it has that schema already. An
 * empty database is left to the migrator. Throws for one that stands at an earlier migration.
 */
export async function markBaseline(sql: Sql, migrationsFolder: string): Promise<void> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
  if (!table?.exists) return
  const [baseline] = readMigrationFiles({ migrationsFolder })
  const made = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by created_at`
  if (!baseline || made.length === 0 || made.some(({ hash }) => hash === baseline.hash)) return
  if (made.at(-1)?.hash !== lastBefore.hash) throw new SetupError(tooOld)
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${baseline.hash}, ${baseline.folderMillis})`
}

const tooOld = `The database is older than the baseline of the migrations: run npm run db:migrate with commit ${lastBefore.commit} first, and then again here (a demo city: npm run demo -- --reset).`
