import { expect } from 'vitest'
import { migrateDatabase } from './migrate.ts'
import { test } from './testing.ts'

test('two processes that migrate at once both succeed, and no migration runs twice', async ({ databaseUrl, sql }) => {
  const [before] = await sql`select count(*) as count from drizzle.__drizzle_migrations`
  await Promise.all([migrateDatabase(databaseUrl), migrateDatabase(databaseUrl)])
  const [after] = await sql`select count(*) as count from drizzle.__drizzle_migrations`
  expect(after).toEqual(before)
})

test('the database sorts Vietnamese like a dictionary', async ({ sql }) => {
  const rows = await sql`select word from unnest(array['đa', 'da', 'ă', 'a', 'ân', 'ê', 'e']) as word order by word`
  expect(rows.map((row) => row.word)).toEqual(['a', 'ă', 'ân', 'da', 'đa', 'e', 'ê'])
})
