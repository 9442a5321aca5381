import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { lastBefore } from './baseline.ts'
import type { connect } from './client.ts'
import { allMigrations, migrateDatabase } from './migrate.ts'
import { test } from './testing.ts'

const marks = (sql: ReturnType<typeof connect>['sql']) =>
  sql`select hash, created_at from drizzle.__drizzle_migrations order by created_at`

/** The migrations as they were when there was only the baseline: the database of a test has the later ones already. */
async function onlyBaseline(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baseline-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(allMigrations, folder, { recursive: true })
  const path = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }))
  return folder
}

test('a database at the last migration before the baseline is marked as at it, and keeps its tables', async ({
  databaseUrl,
  sql,
}) => {
  const [[baseline], folder] = [await marks(sql), await onlyBaseline()]
  const [calendar] = [randomUUID()]
  await sql`insert into calendars (id, name) values (${calendar}, 'Giờ hành chính')`
  await sql`delete from drizzle.__drizzle_migrations`
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('one of before', 1), (${lastBefore.hash}, 2)`
  await migrateDatabase(databaseUrl, folder)
  await migrateDatabase(databaseUrl, folder)
  expect((await marks(sql)).slice(2)).toEqual([baseline])
  expect(await sql`select name from calendars where id = ${calendar}`).toEqual([{ name: 'Giờ hành chính' }])
})

test.for([
  ['an older database', 1],
  ['a database of another line of migrations, however late its last', 9e12],
] as const)(
  '%s is left alone, and the message names the version to migrate with first',
  async ([, at], { databaseUrl, sql }) => {
    await sql`delete from drizzle.__drizzle_migrations`
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('one of before', ${at})`
    await expect(migrateDatabase(databaseUrl)).rejects.toThrow(
      `npm run db:migrate with commit ${lastBefore.commit} first`,
    )
    expect(await marks(sql)).toEqual([{ hash: 'one of before', created_at: at }])
  },
)
