import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { lastBefore } from './baseline.ts'
import type { connect } from './client.ts'
import { migrateDatabase } from './migrate.ts'
import { test } from './testing.ts'

const marks = (sql: ReturnType<typeof connect>['sql']) =>
  sql`select hash, created_at from drizzle.__drizzle_migrations order by created_at`

test('a database at the last migration before the baseline is marked as at it, and keeps its tables', async ({
  databaseUrl,
  sql,
}) => {
  const made = await marks(sql)
  const [calendar] = [randomUUID()]
  await sql`insert into calendars (id, name) values (${calendar}, 'Giờ hành chính')`
  await sql`delete from drizzle.__drizzle_migrations`
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('one of before', 1), (${lastBefore.hash}, 2)`
  await migrateDatabase(databaseUrl)
  await migrateDatabase(databaseUrl)
  expect((await marks(sql)).slice(2)).toEqual(made)
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
